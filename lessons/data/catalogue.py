"""Which data sets the course knows: where the real one comes from, and what stands in for it. Plain records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A file of the real set: where it is fetched from and how it is known to be whole."""

    url: str
    md5: str
    """Of the file as it is fetched, as the package that reads the set states it; empty where none is stated."""
    size: int
    """Bytes, about: for the progress bar before the server has said how many. Without an md5 it must be exact."""
    target: str
    """Its place below the set's folder once it is unpacked."""
    member: str = ""
    """What is taken out of a ZIP file; other files are compressed by gzip."""


@dataclass(frozen=True)
class DataSet:
    """A data set. `folder` is below the mirror, as the package that reads it expects; `files` make it complete."""

    id: str
    title: str
    folder: str
    files: tuple[str, ...]
    mentions: tuple[str, ...]
    """What code says that reads it."""
    stand_in: str
    """The name of what stands in for it."""
    made_by: str
    """The module of `lessons.data` whose `make(folder)` writes the stand-in."""
    about: str
    """What the stand-in is, in a sentence."""
    licence: str
    excerpt: bool = False
    """Whether the stand-in is a part of the real set: word vectors, so far."""
    sources: tuple[Source, ...] = ()
    hub: tuple[str, str] | None = None
    """Name and configuration on the Hugging Face hub, for a set that comes from there."""
    finishes: bool = False
    """Whether the module `made_by` looks through what was fetched, with `--finish`, and writes what readers need."""


IDX = (
    "raw/train-images-idx3-ubyte",
    "raw/train-labels-idx1-ubyte",
    "raw/t10k-images-idx3-ubyte",
    "raw/t10k-labels-idx1-ubyte",
)
"""The four files of a set in the format of MNIST, as torchvision names them."""


def _idx(base: str, sums: tuple[tuple[str, int], ...]) -> tuple[Source, ...]:
    return tuple(
        Source(f"{base}{target.removeprefix('raw/')}.gz", md5, size, target)
        for target, (md5, size) in zip(IDX, sums, strict=True)
    )


DATA_SETS = (
    DataSet(
        id="fashion-mnist",
        title="Fashion-MNIST",
        folder="FashionMNIST",
        files=IDX,
        mentions=("FashionMNIST",),
        stand_in="drawn-garments",
        made_by="garments",
        about="70,000 garments that we draw, of the same ten kinds and in the same files",
        licence="MIT",
        sources=_idx(
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            (
                ("8d4fb7e6c68d591d4c3dfef9ec88bf0d", 26421880),
                ("25c81989df183df01b3e8a0aad5dffbe", 29515),
                ("bef4ecab320f06d8554ea6380940ec79", 4422102),
                ("bb300cfdad3c16e7a12a480ee83cd310", 5148),
            ),
        ),
    ),
    DataSet(
        id="mnist",
        title="MNIST",
        folder="MNIST",
        files=IDX,
        mentions=("MNIST",),
        stand_in="digits28",
        made_by="digits",
        about="the 1,797 written digits of scikit-learn, enlarged, in the same files",
        licence="not stated by its makers; it is used everywhere",
        sources=_idx(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            (
                ("f68b3c2dcbeaaa9fbdd348bbdeb94873", 9912422),
                ("d53e105ee54ea40749a09fcbcd1e9432", 28881),
                ("9fb629c4189551a2d022fa330f9573f3", 1648877),
                ("ec29112dd5afa0611ce80d1b7f02629c", 4542),
            ),
        ),
    ),
    DataSet(
        id="sst2",
        title="SST-2",
        folder="glue",
        files=("README.md", "sst2/train.parquet", "sst2/validation.parquet"),
        mentions=("sst2",),
        stand_in="synthetic-sentiment",
        made_by="sentiment",
        about="6,800 sentences about films from a grammar of 900 words, in the same columns and files",
        licence="not stated by its makers; for research",
        hub=("nyu-mll/glue", "sst2"),
    ),
    DataSet(
        id="opus-books",
        title="OPUS Books",
        folder="opus_books",
        files=("README.md", "en-fr/train.parquet"),
        mentions=("opus_books",),
        stand_in="toy-translation",
        made_by="toy_translation",
        about="1,000 sentences from a grammar of 25 English words, with their translations, in the same files",
        licence="not stated by its makers; the books are in the public domain, for private and academic use",
        hub=("Helsinki-NLP/opus_books", "en-fr"),
    ),
    DataSet(
        id="glove",
        title="GloVe",
        folder="glove",
        files=("glove.6B.50d.txt",),
        mentions=("GloVe",),
        stand_in="glove-excerpt",
        made_by="word_vectors",
        about="8,756 of its 400,000 vectors of 50 numbers, in the same file",
        excerpt=True,
        licence="PDDL 1.0",
        sources=(
            Source("https://nlp.stanford.edu/data/glove.6B.zip", "", 862182613, "glove.6B.50d.txt", "glove.6B.50d.txt"),
        ),
        finishes=True,
    ),
)


def named(id: str) -> DataSet | None:
    """The data set of an id, or of the name of its stand-in."""
    return next((one for one in DATA_SETS if id in (one.id, one.stand_in)), None)
