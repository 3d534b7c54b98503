"""`dl-tutor data`: which data sets there are here, getting the real ones, making what stands in for them."""

from __future__ import annotations

from pathlib import Path

import click

from grader.command.progress_bar import ProgressBar
from grader.command.terminal import echo_json
from lessons.data import mirror
from lessons.data.catalogue import DATA_SETS, DataSet, named
from lessons.data.mirror import DataError
from lessons.error import did_you_mean
from tutor.commands.context import FAILED, clearly, echo, example, stop


@click.group()
def data() -> None:
    """The data sets of the course: list, fetch, make, where."""


@data.command("list", epilog=example("dl-tutor data list --json"))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@clearly
def list_(as_json: bool) -> None:
    """Every data set: whether the real one is here, or what stands in for it."""
    folder = mirror.default()
    if as_json:
        records = [
            {
                "id": one.id,
                "title": one.title,
                "state": mirror.state(one, folder),
                "stand_in": one.stand_in,
                "folder": str(folder / one.folder),
                "licence": one.licence,
            }
            for one in DATA_SETS
        ]
        echo_json({"mirror": str(folder), "data_sets": records})
        return
    for one in DATA_SETS:
        state = mirror.state(one, folder)
        said = {
            "real": f"the real one is here ({size(folder / one.folder)})",
            "stand-in": f"{one.stand_in} stands in for it ({size(folder / one.folder)})",
            "absent": f"not here; {one.stand_in} is made when it is needed",
        }[state]
        click.echo(f"{one.id}: {one.title}, {said}")
        echo([f"    {one.stand_in}: {one.about}", f"    the real one: {fetchable(one)}; licence: {one.licence}"])


@data.command(epilog=example("dl-tutor data fetch fashion-mnist"))
@click.argument("data_set", metavar="DATA-SET")
@clearly
def fetch(data_set: str) -> None:
    """Fetches the real DATA-SET. What has arrived stays when it is broken off; the next try continues from there."""
    from lessons.data import download

    one = the_data_set(data_set)
    folder = mirror.default()
    if mirror.state(one, folder) == "real":
        click.echo(f"{one.title} is already here: {folder / one.folder}", err=True)
        return
    total = sum(source.size for source in one.sources)
    if not total:
        try:
            click.echo(download.fetch(one, folder))
        except DataError as error:
            stop(FAILED, str(error))
        return
    click.echo(f"Fetching {one.title}: {total / 1e6:.0f} MB.", err=True)
    try:
        with ProgressBar(one.title) as bar:
            place = download.fetch(one, folder, bar)
    except DataError as error:
        stop(FAILED, str(error))
    click.echo(place)


@data.command(epilog=example("dl-tutor data make fashion-mnist"))
@click.argument("data_set", metavar="DATA-SET")
@click.option("--replace", is_flag=True, help="Even where the real one is here: it is removed.")
@clearly
def make(data_set: str, replace: bool) -> None:
    """Makes what stands in for a DATA-SET, the same each time. Runs do so themselves where one is missing."""
    one = the_data_set(data_set)
    folder = mirror.default()
    if mirror.state(one, folder) == "real" and not replace:
        stop(FAILED, f"The real {one.title} is here; --replace would remove it.")
    click.echo(f"Making {one.stand_in}: {one.about}.", err=True)
    try:
        with ProgressBar(one.stand_in) as bar:
            mirror.make(one, folder, bar)
    except DataError as error:
        stop(FAILED, str(error))
    click.echo(folder / one.folder)


@data.command(epilog=example("dl-tutor data where"))
@click.argument("data_set", metavar="DATA-SET", required=False)
@clearly
def where(data_set: str | None) -> None:
    """Where the data sets are, or one of them. DL_TUTOR_DATA names another place."""
    click.echo(mirror.default() / the_data_set(data_set).folder if data_set else mirror.default())


def the_data_set(name: str) -> DataSet:
    found = named(name)
    if found is None:
        raise click.UsageError(f"there is no data set {name!r}. {did_you_mean(name, [one.id for one in DATA_SETS])}")
    return found


def fetchable(one: DataSet) -> str:
    """Whether and how the real set is got, in words."""
    if one.hub is not None:
        return f"dl-tutor data fetch {one.id}"
    return f"dl-tutor data fetch {one.id} ({sum(source.size for source in one.sources) / 1e6:.0f} MB)"


def size(folder: Path) -> str:
    """What a folder holds, in MB."""
    return f"{sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.0f} MB"


VERBS = (data,)
