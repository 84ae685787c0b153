"""What the expiry job meets in an hour."""

from bench.population import KINDS, due_application
from bench.post_office import PostOffice
from bench.stage import Stage, Step
from chalicelib import wiring


def expire(_stage: Stage, mail: PostOffice) -> list[Step]:
    """An hour in which nothing is due, then one of each kind, with their letters."""
    world = wiring.world()
    steps = [mail.expire("nothing due")]
    for position, kind in enumerate(KINDS):
        with world.begin() as work:
            work.applications.add(due_application(position, world.now(), kind))
        steps.append(mail.expire(f"1 {kind}"))
        steps += mail.deliver(kind)
    return steps
