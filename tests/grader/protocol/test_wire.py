"""Frames: what goes in comes out, and whatever else comes in is refused without harm."""

from __future__ import annotations

import json
import math
from collections import Counter, OrderedDict, defaultdict, namedtuple
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.protocol import tensors, wire
from grader.protocol.wire import PREFIX, DType, Opaque, WireError
from grader.spec import Fixture, GeneratorInput, Handle, PathInput

NONCE = b"0123456789abcdef"


def receiver(data: bytes) -> Any:
    position = 0

    def receive(count: int) -> bytes:
        nonlocal position
        piece = data[position : position + count]
        position += count
        return piece

    return receive


def there_and_back(value: Any, *, inputs: bool = False) -> Any:
    return wire.read(receiver(wire.pack(value, NONCE, tensors.dump)), NONCE, tensors.load, inputs=inputs)


keys = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.tuples(st.integers()))
plain = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.complex_numbers(allow_nan=False, allow_infinity=False),
        st.text(max_size=20),
        st.binary(max_size=20),
        st.frozensets(st.integers(), max_size=3),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
    ),
    max_leaves=12,
)


def same(left: Any, right: Any) -> bool:
    if type(left) is not type(right):
        return False
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    return bool(left == right)


@given(plain)
@settings(max_examples=300, deadline=None)
def test_plain_values_travel_with_their_exact_types(value: Any) -> None:
    assert same(there_and_back(value), value)


@given(
    dtype=st.sampled_from(sorted(tensors.DTYPES)), shape=st.lists(st.integers(0, 4), max_size=4), seed=st.integers(0, 9)
)
@settings(max_examples=200, deadline=None)
def test_tensors_travel_bit_by_bit(dtype: str, shape: list[int], seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    tensor = (torch.randn(shape, generator=generator) * 3).to(tensors.DTYPES[dtype])
    back = there_and_back({"x": [tensor, tensor.flip(0) if shape else tensor]})["x"][0]
    assert back.dtype == tensor.dtype and back.shape == tensor.shape
    assert torch.equal(back, tensor)


def test_special_numbers_and_views() -> None:
    nan, inf, low = there_and_back([math.nan, math.inf, -math.inf])
    assert math.isnan(nan) and inf == math.inf and low == -math.inf
    square = torch.arange(6.0).reshape(2, 3)
    assert torch.equal(there_and_back(square.T), square.T)
    conjugate = torch.tensor([1 + 2j]).conj()
    assert torch.equal(there_and_back(conjugate), conjugate)
    parameter = there_and_back(torch.nn.Parameter(torch.ones(2)))
    assert type(parameter) is torch.Tensor and not parameter.requires_grad


def test_dtypes_shapes_and_arrays() -> None:
    assert there_and_back(torch.float32) == DType("float32")
    assert there_and_back(torch.ones(2, 3).shape) == (2, 3)
    array = there_and_back(torch.ones(2).numpy())
    assert type(array).__name__ == "ndarray" and array.tolist() == [1.0, 1.0]


class SlyTensor(torch.Tensor):
    pass


@pytest.mark.parametrize("value", [SlyTensor([1.0]), object(), lambda: 1, (n for n in [1]), torch.ones(1).to_sparse()])
def test_what_is_no_plain_value_is_opaque(value: Any) -> None:
    assert isinstance(there_and_back([value])[0], Opaque)


def test_inputs_travel_only_where_they_are_expected() -> None:
    value = [Handle(3), Fixture("square"), PathInput(Handle(1), "a.png"), GeneratorInput(7)]
    assert there_and_back(value, inputs=True) == value
    with pytest.raises(WireError, match="values only"):
        there_and_back(value)


def frame(header: Any, body: bytes = b"", nonce: bytes = NONCE) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return PREFIX.pack(wire.MAGIC, nonce, len(text), len(body)) + text + body


TENSOR = {"$": "t", "v": 0}
BAD = {
    "another run's frame": frame({"v": 1, "b": []}, nonce=b"x" * 16),
    "no magic": b"GET / HTTP/1.1\r\n" * 4,
    "half a prefix": frame({"v": 1, "b": []})[:10],
    "half a header": frame({"v": 1, "b": []})[:-2],
    "a header that is too long": PREFIX.pack(wire.MAGIC, NONCE, 1 << 31, 0),
    "a body that is too long": PREFIX.pack(wire.MAGIC, NONCE, 2, 1 << 62) + b"{}",
    "no JSON": frame(b"\xff\xfe"),
    "no skeleton": frame({"v": 1}),
    "a verdict": frame({"status": "passed", "v": 1, "b": []}),
    "NaN in the header": frame(b'{"v": NaN, "b": []}'),
    "a huge integer": frame(b'{"v": 1' + b"0" * 5000 + b', "b": []}'),
    "a shape of 2^80": frame({"v": TENSOR, "b": [["float32", [1 << 40, 1 << 40]]]}),
    "an empty tensor of 2^80": frame({"v": TENSOR, "b": [["float32", [0, 1 << 40, 1 << 40]]]}),
    "a negative shape": frame({"v": TENSOR, "b": [["float32", [-1]]]}),
    "a shape of floats": frame({"v": TENSOR, "b": [["float32", [1.5]]]}),
    "a shape of bools": frame({"v": TENSOR, "b": [["float32", [True]]]}, b"1234"),
    "seventeen dimensions": frame({"v": TENSOR, "b": [["float32", [1] * 17]]}, b"1234"),
    "an unknown dtype": frame({"v": TENSOR, "b": [["object", [1]]]}, b"12345678"),
    "a tensor longer than the body": frame({"v": TENSOR, "b": [["float32", [3]]]}, b"1234"),
    "bytes left over": frame({"v": TENSOR, "b": [["uint8", [1]]]}, b"12"),
    "an index out of range": frame({"v": {"$": "t", "v": 4}, "b": []}),
    "a negative index": frame({"v": {"$": "t", "v": -1}, "b": [["uint8", [1]]]}, b"1"),
    "a bool that is seven": frame({"v": TENSOR, "b": [["bool", [1]]]}, b"\x07"),
    "an unknown tag": frame({"v": {"$": "pickle", "v": []}, "b": []}),
    "a node with more keys": frame({"v": {"$": "list", "v": [], "x": 1}, "b": []}),
    "a key that cannot be hashed": frame({"v": {"$": "dict", "v": [[[1], 2]]}, "b": []}),
    "a pair of three": frame({"v": {"$": "dict", "v": [[1, 2, 3]]}, "b": []}),
    "deep nesting": frame(b'{"v": ' + b"[" * 5000 + b"]" * 5000 + b', "b": []}'),
    "a set of lists": frame({"v": {"$": "set", "v": [[1]]}, "b": []}),
    "5,000 tensors": frame({"v": 1, "b": [["uint8", [0]]] * 5000}),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_frame_is_refused(name: str) -> None:
    with pytest.raises(WireError):
        wire.read(receiver(BAD[name]), NONCE, tensors.load)


def test_a_clean_end_is_no_error() -> None:
    with pytest.raises(EOFError):
        wire.read(receiver(b""), NONCE)


GOOD = wire.pack({"a": [torch.ones(2, 3), 1.5, "text", (None, True)], 3: b"raw"}, NONCE, tensors.dump)


@given(st.data())
@settings(max_examples=500, deadline=None)
def test_a_spoiled_frame_is_refused_or_another_value_but_never_an_accident(data: st.DataObject) -> None:
    spoiled = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        spoiled[data.draw(st.integers(0, len(spoiled) - 1))] = data.draw(st.integers(0, 255))
    spoiled = spoiled[: data.draw(st.integers(1, len(spoiled)))]
    try:
        wire.read(receiver(bytes(spoiled)), NONCE, tensors.load)
    except (WireError, EOFError):
        pass


def test_too_much_is_refused_before_memory_is_touched() -> None:
    with pytest.raises(WireError, match="larger than 64 MiB"):
        wire.pack(torch.ones(1).expand(1 << 40), NONCE, tensors.dump)
    with pytest.raises(WireError, match="too large"):
        wire.pack([torch.zeros(40 << 20, dtype=torch.uint8)] * 2, NONCE, tensors.dump)
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(WireError, match="nested"):
        wire.pack(nested, NONCE)


def test_numbers_that_all_collide_keep_nobody_busy() -> None:
    colliding = [i * ((1 << 61) - 1) for i in range(wire.MAX_KEYS + 1)]
    with pytest.raises(WireError, match="keys"):
        wire.pack(dict.fromkeys(colliding[:10] + list(range(1, wire.MAX_KEYS))), NONCE)
    for node in ({"$": "dict", "v": [[key, 1] for key in colliding]}, {"$": "set", "v": colliding}):
        with pytest.raises(WireError, match="keys"):
            wire.unpack(json.dumps({"v": node, "b": []}).encode(), b"")
    many = {str(i): i for i in range(3 * wire.MAX_KEYS)}
    assert there_and_back(many) == many


def test_what_is_shown_of_the_other_side_holds_no_control_characters() -> None:
    got = wire.unpack(json.dumps({"v": {"$": "o", "v": ["a\x1b[2Jb\u202e", "c\x9bd\x00"]}, "b": []}).encode(), b"")
    assert got == wire.Opaque("a[2Jb", "cd")
    for name in ("float\x1b[2J", "a b", "", 3):
        with pytest.raises(WireError):
            wire.unpack(json.dumps({"v": {"$": "dtype", "v": name}, "b": []}).encode(), b"")


@pytest.mark.parametrize(
    ("number", "plain"),
    [(np.float64(1.5), 1.5), (np.float32(0.5), 0.5), (np.int64(-3), -3), (np.bool_(1), True), (np.complex64(1j), 1j)],
    ids=lambda value: type(value).__name__,
)
def test_a_number_of_numpys_is_a_number(number: object, plain: object) -> None:
    first, second = there_and_back([number, {"mean": number}])
    assert first == plain and type(first) is type(plain) and second == {"mean": plain}


def test_a_subclass_of_numpys_numbers_is_opaque() -> None:
    class Fake(np.float64):
        pass

    assert isinstance(there_and_back(Fake(1.0)), Opaque)


class Liar(dict[str, int]):
    """A dict that says something else of itself."""

    def items(self) -> Any:
        return [("lie", 1)]


Pair = namedtuple("Pair", "a b")
BELOW: dict[str, tuple[Any, Any]] = {
    "a named tuple": (Pair(1, 2.5), (1, 2.5)),
    "an ordered dict": (OrderedDict(a=1), {"a": 1}),
    "a dict with a default": (defaultdict(int, {1: 2}), {1: 2}),
    "a counter": (Counter("aab"), {"a": 2, "b": 1}),
    "a text of NumPy's": (np.str_("ab"), "ab"),
    "a size": (torch.zeros(2, 3).shape, (2, 3)),
    "a list of one's own": (type("Own", (list,), {"__iter__": lambda self: iter([9])})([1, 2]), [1, 2]),
    "a text of one's own": (type("Own", (str,), {"__str__": lambda self: "lie"})("truth"), "truth"),
    "a dict of one's own": (Liar(a=3), {"a": 3}),
}


@pytest.mark.parametrize("name", BELOW)
def test_a_subclass_of_a_container_or_text_is_what_it_is_at_bottom(name: str) -> None:
    value, plain = BELOW[name]
    found = there_and_back(value)
    assert found == plain and type(found) is type(plain)


def test_what_a_reduction_returns_is_a_tuple() -> None:
    values, places = there_and_back(torch.max(torch.tensor([[1.0, 3.0], [2.0, 0.0]]), dim=1))
    assert values.tolist() == [3.0, 2.0] and places.tolist() == [1, 0]


@pytest.mark.parametrize(
    "tensor", [torch.arange(12.0)[4:5], torch.arange(12.0).reshape(3, 4)[1:2, 2:3], torch.arange(6)[::6]]
)
def test_a_tensor_of_one_element_is_sent_whatever_its_strides_are(tensor: torch.Tensor) -> None:
    strided = tensor.as_strided(tensor.shape, (5,) * tensor.dim())
    assert torch.equal(there_and_back(strided), tensor)
