"""Compiles kernels for GPUs that this machine does not have, and says what became of them.

Triton brings NVIDIA's assembler and disassembler along, so that a laptop can tell how many registers a kernel takes,
whether it spills them to memory, and whether it uses the tensor cores. It cannot tell how fast it is.
"""

import re
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
import triton
from triton.backends.compiler import GPUTarget
from triton.compiler import ASTSource

from kernels.launch.launch import Launch

TARGETS = {"sm_80": 80, "sm_90": 90}
SHARED_MEMORY = {"sm_80": 166_912, "sm_90": 232_448}  # bytes that one block of threads can have
POINTERS = {
    torch.float16: "*fp16",
    torch.bfloat16: "*bf16",
    torch.float32: "*fp32",
    torch.float64: "*fp64",
    torch.int32: "*i32",
    torch.int64: "*i64",
    torch.bool: "*i1",
    torch.uint8: "*u8",
}
TOOLS = Path(triton.__file__).parent / "backends" / "nvidia" / "bin"
INSTRUCTIONS = {
    "wgmma": r"\bHGMMA",  # matrix products of Hopper's tensor cores
    "mma": r"\b[HDI]MMA",  # those of Ampere, and of float64
    "loads": r"\bLDG",
    "wide_loads": r"\bLDG\.E[\w.]*\.128",  # 16 bytes a thread
    "async_copies": r"\bLDGSTS",
    "spills": r"\bSTL",
}
INSTRUCTION = re.compile(r"/\*([0-9a-f]{4,})\*/\s+([^;\n]+);")  # its place, and what it is
BRANCH = re.compile(r"\bBRA(?:\.\w+)* .*?0x([0-9a-f]+)")


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a compiled kernel takes - registers a thread, bytes of stack and shared memory - and its instructions."""

    kernel: str
    target: str
    warps: int
    stages: int
    registers: int
    stack: int
    shared: int
    wgmma: int
    mma: int
    loads: int
    wide_loads: int
    async_copies: int
    spills: int
    loop_instructions: int  # of the longest loop; 0 where there is none
    loop_barriers: int

    def figures(self) -> dict[str, Any]:
        """As plain values, to be saved in a file."""
        return asdict(self)

    def faults(self) -> list[str]:
        """What no kernel that we ship may have."""
        found = []
        if self.stack or self.spills:
            found.append(f"{self.stack} bytes of stack and {self.spills} spills: its registers do not fit")
        if self.shared > SHARED_MEMORY[self.target]:
            found.append(f"{self.shared} bytes of shared memory, where a block can have {SHARED_MEMORY[self.target]}")
        return found


def signature(launch: Launch) -> tuple[dict[str, str], dict[str, Any], dict[tuple[int], list[list[Any]]]]:
    """The types of a launch's arguments, its constants, and which arguments are multiples of 16.

    As Triton would find them when the kernel is started: an integer 1 is a constant, and so is None.
    """
    names: list[str] = launch.kernel.arg_names
    types: dict[str, str] = {}
    constants = dict(launch.constants)
    multiples: dict[tuple[int], list[list[Any]]] = {}
    annotated = {parameter.name: parameter.annotation_type for parameter in launch.kernel.params}
    for place, name in enumerate(names):
        value = launch.arguments.get(name)
        if name in constants:
            types[name] = "constexpr"
        elif value is None or value is True or value is False or (isinstance(value, int) and value == 1):
            types[name], constants[name] = "constexpr", value
        elif isinstance(value, torch.Tensor):
            types[name] = POINTERS[value.dtype]
            multiples[(place,)] = [["tt.divisibility", 16]]  # what torch allocates starts at a multiple of 512 bytes
        elif isinstance(value, int):
            types[name] = "i32" if -(2**31) <= value < 2**31 else "i64"
            if value % 16 == 0:
                multiples[(place,)] = [["tt.divisibility", 16]]
        else:
            types[name] = annotated[name] or "fp32"
    return types, constants, multiples


def build(launch: Launch, target: str) -> Any:
    """The compiled kernel of a launch, with its code on every level from Triton's to the machine's in `asm`."""
    types, constants, multiples = signature(launch)
    return triton.compile(
        ASTSource(launch.kernel, types, constants, multiples),
        target=GPUTarget("cuda", TARGETS[target], 32),
        options={"num_warps": launch.warps, "num_stages": launch.stages, "enable_fp_fusion": True},
    )


def longest_loop(code: str) -> list[str]:
    """The instructions from where the longest jump back lands to where it starts, which is what a tile costs."""
    found = [(int(place, 16), text) for place, text in INSTRUCTION.findall(code)]
    jumps = ((int(to[1], 16), place) for place, text in found if (to := BRANCH.search(text)))
    low, high = max(jumps, key=lambda jump: jump[1] - jump[0], default=(0, 0))
    return [text for place, text in found if low <= place <= high and low < high]


def disassemble(cubin: bytes) -> tuple[str, str]:
    """What NVIDIA's disassembler says of a binary: the resources it uses, and its instructions."""
    with tempfile.NamedTemporaryFile(suffix=".cubin") as file:
        file.write(cubin)
        file.flush()

        def ask(option: str) -> str:
            command = [str(TOOLS / "cuobjdump"), option, file.name]
            return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout

        return ask("-res-usage"), ask("-sass")


def compile_launch(launch: Launch, target: str) -> Compiled:
    """Compiles the kernel of a launch for "sm_80" or "sm_90" and reads the result."""
    kernel = build(launch, target)
    usage, code = disassemble(kernel.asm["cubin"])
    found = re.search(r"REG:(\d+).*?STACK:(\d+)", usage)
    if found is None:
        raise RuntimeError(f"The disassembler does not say what {launch.kernel.__name__} uses: {usage!r}")
    loop = longest_loop(code)
    return Compiled(
        kernel=launch.kernel.__name__,
        target=target,
        warps=launch.warps,
        stages=launch.stages,
        registers=int(found[1]),
        stack=int(found[2]),
        shared=int(kernel.metadata.shared),
        loop_instructions=len(loop),
        loop_barriers=sum("BAR." in one for one in loop),
        **{name: len(re.findall(pattern, code)) for name, pattern in INSTRUCTIONS.items()},
    )
