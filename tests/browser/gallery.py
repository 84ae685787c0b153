"""A collection of what a browser may come to see, each with the way there."""

from collections.abc import Callable

from tests.browser.visitor import Visitor

State = Callable[[Visitor], None]


class States(dict[str, State]):
    """Ways by name, which is also the name of the picture."""

    def state(self, reach: State) -> State:
        """Add the way that a function walks, under its name."""
        self[reach.__name__.strip("_").replace("_", "-")] = reach
        return reach

    def page(self, name: str, path: str, status: int = 200) -> None:
        """Add a page that is simply opened."""

        def reach(visitor: Visitor) -> None:
            assert visitor.open(path).status == status

        self[name] = reach
