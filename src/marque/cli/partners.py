"""`marque works export` and `marque works import`: fingerprints for a partner, and a partner's for us."""

from pathlib import Path

import click

from marque.evidence import signing
from marque.words import say
from marque.works import partners
from marque.works.catalogue import Catalogue, written


@click.command("export", epilog="Example:  marque works export catalogue for-the-desk.parcel --key holder.pem")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", required=True, type=click.Path(path_type=Path), help="Ed25519 private key (PEM) to sign with.")
@click.option("--work", "works", multiple=True, metavar="ID", help="Only this work; may be given again.")
@click.option("--with-thumbnails", is_flag=True, help="Send the grey thumbnails as well (the holder's consent).")
def export(*, catalogue: Path, file: Path, key: Path, works: tuple[str, ...], with_thumbnails: bool) -> int:
    """Write fingerprints, titles and rights facts as one signed file. The works themselves were never kept.

    A key is made once with:  openssl genpkey -algorithm ed25519 -out holder.pem
    """
    opened, signer = Catalogue.open(catalogue), signing.read_key(key)
    units = partners.export(opened, file, signer, works=works, thumbnails=with_thumbnails)
    click.echo(say("works.exported", units=units, key=signing.fingerprint(signing.public(signer))), err=True)
    return 0


@click.command("import", epilog="Example:  marque works import catalogue from-the-holder.parcel")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--trust", metavar="FINGERPRINT", help="The signer's key, its fingerprint, or a file of such.")
def import_parcel(catalogue: Path, file: Path, trust: str | None) -> int:
    """Take in a partner's fingerprints: the whole file, or nothing of it where anything is wrong.

    The first file of a key needs --trust: compare the key's fingerprint with the partner by another way than the file
    came. The catalogue then remembers the key. CATALOGUE is made where there is none.
    """
    with written(catalogue):
        brought = partners.bring_in(Catalogue.create(catalogue), file, trust)
    counts = {"works": brought.works, "units": brought.units, "thumbnails": brought.thumbnails}
    click.echo(say("works.imported", key=signing.fingerprint(brought.key), **counts), err=True)
    return 0
