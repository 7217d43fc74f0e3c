import { BLUE, INK } from './theme.ts';

/** What moves a film of Plotly: buttons to play and to stop, and a slider. */

const AT_ONCE = { mode: 'immediate', transition: { duration: 0 } };

export function buttons(milliseconds: number): Record<string, unknown> {
  const play = [null, { ...AT_ONCE, fromcurrent: true, frame: { duration: milliseconds, redraw: true } }];
  const pause = [[null], { ...AT_ONCE, frame: { duration: 0, redraw: false } }];
  return {
    type: 'buttons',
    direction: 'left',
    showactive: false,
    x: 0,
    xanchor: 'left',
    y: 0,
    yanchor: 'top',
    pad: { t: 36, r: 10 },
    bgcolor: 'rgba(128,134,145,0.15)',
    bordercolor: 'rgba(128,134,145,0.4)',
    buttons: [
      { label: '▶', method: 'animate', args: play },
      { label: '❚❚', method: 'animate', args: pause },
    ],
  };
}

export interface SliderEntry {
  /** Of the frame. */
  name: string;
  /** What the slider says; default its name. */
  label?: string;
}

export function slider(entries: readonly SliderEntry[], prefix: string): Record<string, unknown> {
  return {
    active: 0,
    x: 0.18,
    len: 0.82,
    y: 0,
    pad: { t: 22 },
    currentvalue: { prefix, xanchor: 'right', font: { size: 12.5, color: INK } },
    bgcolor: 'rgba(128,134,145,0.45)',
    activebgcolor: BLUE,
    bordercolor: 'rgba(128,134,145,0.45)',
    ticklen: 0,
    minorticklen: 0,
    font: { size: 1, color: 'rgba(0,0,0,0)' },
    steps: entries.map(({ name, label = name }) => ({
      label,
      method: 'animate',
      args: [[name], { ...AT_ONCE, frame: { duration: 0, redraw: true } }],
    })),
  };
}
