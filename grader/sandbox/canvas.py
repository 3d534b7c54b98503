"""What matplotlib draws on in the sandbox: `plt.show()` sends the figure to the tutor, `plt.savefig` writes files.

Named by MPLBACKEND. matplotlib itself is imported at first use, because few runs use it.
"""

from __future__ import annotations

from typing import Any

from grader.sandbox import live


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

        def show(self) -> None:
            live.show(self.canvas.figure, _key=int(self.num) if isinstance(self.num, int) else None)

        @classmethod
        def pyplot_show(cls, *, block: bool | None = None) -> None:
            """Shows all figures and closes them; `plt.pause`, which does not block, leaves them open."""
            for manager in Gcf.get_all_fig_managers():
                if block is False:
                    manager.show()
                else:
                    live.show(manager.canvas.figure)
            if block is not False:
                Gcf.destroy_all()

    class FigureCanvas(FigureCanvasAgg):
        """Agg, for `savefig`."""

        manager_class = FigureManager

    globals().update(FigureCanvas=FigureCanvas, FigureManager=FigureManager)
