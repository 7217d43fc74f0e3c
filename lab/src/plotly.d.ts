/** The part of Plotly that the renderer calls; a figure itself is JSON that Plotly checks. */
declare module 'plotly.js-dist-min' {
  export type Data = Record<string, unknown>;
  export type Layout = Record<string, unknown> & { height?: number; title?: unknown; template?: unknown };
  export type Config = Record<string, unknown>;
  export type Frame = Record<string, unknown>;
  export interface PlotlyModule {
    /** Draws, or changes what is drawn, with the least work; replaces all frames. */
    react(
      element: HTMLElement,
      figure: { data: Data[]; layout: Layout; config: Config; frames: Frame[] },
    ): Promise<void>;
    purge(element: HTMLElement): void;
    Plots: { resize(element: HTMLElement): Promise<void> };
  }
  const plotly: PlotlyModule;
  export default plotly;
}
