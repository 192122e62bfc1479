"""`marque works casefile` and `compare`: from an office's match to an exhibit, while the originals stay at home."""

from pathlib import Path

import click
from Crypto.PublicKey import ECC

from marque.cli.shown import safe
from marque.errors import WrongUsage
from marque.evidence import signing
from marque.words import say
from marque.works.catalogue import Catalogue
from marque.works.comparison import casefile as opened
from marque.works.comparison import exhibit, page


@click.command(
    "casefile", epilog="Example:  marque works casefile case-14 moon.parcel --work moon-river --key office.pem"
)
@click.argument("workspace", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--work", required=True, metavar="ID", help="The work that was found.")
@click.option("--site", metavar="SITE", help="Only what this site shows.")
@click.option("--key", type=click.Path(path_type=Path), help="Ed25519 private key (PEM); else one's own.")
def pack(*, workspace: Path, file: Path, work: str, site: str | None, key: Path | None) -> int:
    """Write what the last run found of one work, with the captured bytes, for its holder to compare."""
    from marque.runs import casefile
    from marque.runs.workspace import Workspace

    packed = casefile.write(Workspace.open(workspace), work, site, file, _key(key))
    for record in packed.missing:
        click.echo(say("works.casefile-missing", record=safe(record)), err=True)
    click.echo(say("works.casefile-written", matches=packed.matches, records=packed.records), err=True)
    return 1 if packed.missing else 0


@click.command("compare", epilog="Example:  marque works compare catalogue moon.parcel originals/ --out exhibit.zip")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.argument("case_file", metavar="CASEFILE", type=click.Path(path_type=Path, exists=True))
@click.argument("originals", metavar="ORIGINALS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", default=Path("exhibit.zip"), show_default=True, type=click.Path(path_type=Path), help="The exhibit."
)
@click.option("--key", type=click.Path(path_type=Path), help="Ed25519 private key (PEM); else one's own.")
def compare(*, catalogue: Path, case_file: Path, originals: tuple[Path, ...], out: Path, key: Path | None) -> int:
    """Make a signed exhibit, original and copy side by side, on the machine where the originals are.

    CASEFILE comes from `marque works casefile`, or is a picture, folder or file of the copy at hand. ORIGINALS are the
    files that one unit of CATALOGUE was made of; that they are is checked. The exhibit holds the parts that agree and
    nothing else of the work. `marque verify` proves it later.
    """
    if out.exists():
        raise WrongUsage("works.exhibit-exists", path=str(out))
    found, signer = opened.compare(Catalogue.open(catalogue), case_file, originals)
    files = {**page.files(found), exhibit.PAGE: page.render(found, signer)}
    signed_with = _key(key)
    exhibit.write(out, page.facts(found, signer), files, signed_with)
    pieces = sum(len(section.pieces) for section in found.sections)
    counts = {"pieces": pieces, "copies": len(found.sections), "path": str(out)}
    click.echo(say("works.exhibit-written", key=signing.fingerprint(signing.public(signed_with)), **counts), err=True)
    return 0


def _key(path: Path | None) -> ECC.EccKey:
    if path is not None:
        return signing.read_key(path)
    key, made = signing.own_key()
    if made is not None:
        click.echo(say("works.key-made", path=str(made), key=signing.fingerprint(signing.public(key))), err=True)
    return key
