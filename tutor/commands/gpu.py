"""Whether there is a GPU that PyTorch uses on this machine. Runs of the tutor stay on the CPU (docs/live.md)."""

from __future__ import annotations

import subprocess
from pathlib import Path

from lessons import interpreter

DEVICES = (Path("/dev/nvidia0"), Path("/dev/kfd"), Path("/dev/dxg"))
"""What a driver puts there: NVIDIA's, AMD's, that of Windows below WSL."""
ASK = "import torch; print(torch.cuda.get_device_name(0) if torch.cuda.is_available() else '')"
SECONDS = 60.0
STAYS = "runs and verdicts of the tutor stay on the CPU"


def seen() -> tuple[bool, str]:
    """Whether what there is can be used, and one line on it. torch is asked, in another process, where a driver is."""
    device = next((path for path in DEVICES if path.exists()), None)
    if device is None:
        return True, f"none is seen; {STAYS} anyway"
    try:
        asked = interpreter.run(
            interpreter.running(ASK),
            env=interpreter.environment((*interpreter.DEVICES, *interpreter.HOME)),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
        )
        name = " ".join(asked.stdout.split()) if asked.returncode == 0 else ""
    except (OSError, subprocess.TimeoutExpired):
        name = ""
    if not name:
        return False, f"{device} is there, but this torch does not see a GPU; {STAYS} anyway"
    return True, f"torch sees {name}; your own python FILE can use it, and {STAYS}"
