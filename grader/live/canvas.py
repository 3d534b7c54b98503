"""What matplotlib draws on in the sandbox: `plt.show()` sends the figure to the tutor, `plt.savefig` writes files.

Named by MPLBACKEND. matplotlib itself is imported at first use, because few runs use it.
"""

from __future__ import annotations

import itertools
from typing import Any

from grader.live import logger

_keys = itertools.count()


def __getattr__(name: str) -> Any:
    if name not in ("FigureCanvas", "FigureManager"):
        raise AttributeError(name)
    _define()
    return globals()[name]


def _define() -> None:
    from matplotlib._pylab_helpers import Gcf
    from matplotlib.backend_bases import FigureManagerBase
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    class FigureManager(FigureManagerBase):
        """Stands for the window that there is not."""

        key: int | None = None
        """Of a figure that is shown while it is still drawn on; each of its pictures takes the last one's place."""

        def show(self) -> None:
            self._show(final=False)

        def _show(self, *, final: bool) -> None:
            if self.key is None and not final:
                self.key = next(_keys)
            logger.show(self.canvas.figure, _key=self.key, _final=final)

        @classmethod
        def pyplot_show(cls, *, block: bool | None = None) -> None:
            """Shows all figures and closes them; `plt.pause`, which does not block, leaves them open."""
            for manager in Gcf.get_all_fig_managers():
                if isinstance(manager, FigureManager):
                    manager._show(final=block is not False)
            if block is not False:
                Gcf.destroy_all()

    class FigureCanvas(FigureCanvasAgg):
        """Agg, for `savefig`."""

        manager_class = FigureManager

    globals().update(FigureCanvas=FigureCanvas, FigureManager=FigureManager)
