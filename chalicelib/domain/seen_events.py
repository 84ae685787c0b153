"""What another system told us under an id of its own, and what came of it."""

from dataclasses import dataclass

from chalicelib.domain.application_refusals import KeyReused


@dataclass(frozen=True)
class SeenEvent:
    """`digest`: of what was told; `result`: what it led to."""

    digest: str
    result: str

    def result_for(self, digest: str) -> str:
        """The result for the same thing told again. Raises KeyReused when it is another under the same id."""
        if digest != self.digest:
            raise KeyReused
        return self.result
