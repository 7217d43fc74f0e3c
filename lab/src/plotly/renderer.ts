import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import type { PlotlyModule } from 'plotly.js-dist-min';
import { PLOTLY_MIME_TYPE, prepareFigure } from './figure.ts';
import { onThemeChange, readThemeColours } from './theme.ts';

let plotly: Promise<PlotlyModule> | undefined;

/** Plotly is most of the lab's weight, so it is fetched with the first figure. A failed fetch is tried again. */
function loadPlotly(): Promise<PlotlyModule> {
  plotly ??= import(/* webpackChunkName: "plotly" */ 'plotly.js-dist-min').then(
    module => module.default,
    error => {
      plotly = undefined;
      throw error;
    },
  );
  return plotly;
}

/**
 * One figure. A new version of its data (`update_display_data`) is drawn into the same element, so that a plot which
 * moves while a model trains neither flickers nor loses the learner's zoom.
 */
export class RenderedPlotly extends Widget implements IRenderMime.IRenderer {
  private readonly plot = document.createElement('div');
  private readonly problem = document.createElement('div');
  private readonly resizing = new ResizeObserver(() => this.scheduleResize());
  private readonly stopThemes: () => void;
  private model: IRenderMime.IMimeModel | undefined;
  private drawing: Promise<void> | undefined;
  private stale = false;
  private drawn = false;
  private resizeRequest = 0;

  constructor() {
    super();
    this.addClass('learnable-Plotly');
    this.problem.className = 'learnable-Plotly-error';
    this.problem.setAttribute('role', 'alert');
    this.problem.hidden = true;
    this.plot.setAttribute('role', 'img');
    this.node.append(this.problem, this.plot);
    this.resizing.observe(this.node);
    this.stopThemes = onThemeChange(() => void this.draw());
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.model = model;
    return this.draw();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.stopThemes();
    this.resizing.disconnect();
    cancelAnimationFrame(this.resizeRequest);
    this.model = undefined;
    const finished = this.drawing ?? Promise.resolve();
    if (plotly)
      void Promise.all([plotly, finished]).then(
        ([library]) => library.purge(this.plot),
        () => undefined,
      );
    super.dispose();
  }

  /** Draws the newest model; versions that arrive while one is being drawn are skipped, but never the last. */
  private draw(): Promise<void> {
    this.stale = true;
    this.drawing ??= this.drawUntilFresh().finally(() => {
      this.drawing = undefined;
    });
    return this.drawing;
  }

  private async drawUntilFresh(): Promise<void> {
    while (this.stale && this.model) {
      this.stale = false;
      try {
        const library = await loadPlotly();
        if (!this.model) return;
        const fill = this.node.parentElement?.classList.contains('jp-MimeDocument') ?? false;
        const figure = prepareFigure(this.model.data[PLOTLY_MIME_TYPE], readThemeColours(), fill);
        this.plot.style.height = fill ? '100%' : `${figure.layout.height}px`;
        this.plot.setAttribute('aria-label', `Figure: ${titleOf(figure.layout.title)}`);
        await library.react(this.plot, figure);
        this.drawn = true;
        this.problem.hidden = true;
        this.plot.hidden = false;
        this.scheduleResize();
      } catch (error) {
        this.problem.textContent = `This figure could not be drawn: ${error instanceof Error ? error.message : String(error)}`;
        this.problem.hidden = false;
        this.plot.hidden = true;
      }
    }
  }

  private scheduleResize(): void {
    cancelAnimationFrame(this.resizeRequest);
    this.resizeRequest = requestAnimationFrame(() => void this.resizePlot());
  }

  private async resizePlot(): Promise<void> {
    // A hidden element has no size, and Plotly refuses it; it is resized when it is shown.
    if (!this.drawn || !this.plot.isConnected || this.plot.offsetWidth === 0) return;
    const size = (this.plot as { _fullLayout?: { width: number; height: number } })._fullLayout;
    if (size && size.width === this.plot.clientWidth && size.height === this.plot.clientHeight) return;
    const library = await loadPlotly();
    if (this.isDisposed || this.plot.offsetWidth === 0) return;
    await library.Plots.resize(this.plot).catch(() => undefined);
  }
}

function titleOf(title: unknown): string {
  const text = typeof title === 'string' ? title : (title as { text?: unknown } | undefined)?.text;
  return typeof text === 'string' && text !== '' ? text : 'a plot';
}
