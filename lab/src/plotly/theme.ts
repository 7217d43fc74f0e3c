export interface ThemeColours {
  text: string;
  faint: string;
  surface: string;
}

/** The colours of Lab's present theme, from its CSS variables. */
export function readThemeColours(): ThemeColours {
  const style = getComputedStyle(document.body);
  const colour = (variable: string, otherwise: string) => style.getPropertyValue(variable).trim() || otherwise;
  return {
    text: colour('--jp-content-font-color1', '#212121'),
    faint: colour('--jp-content-font-color3', '#8a8a8a'),
    surface: colour('--jp-layout-color1', '#ffffff'),
  };
}

/** Quiet on every background; the themes' border colours are not (white in the high contrast theme). */
const GRID = 'rgba(128,128,128,0.28)';
const TRANSPARENT = 'rgba(0,0,0,0)';

/**
 * A Plotly template that lets a figure sit on the notebook's own background. A template holds defaults only: what the
 * figure sets itself stays as it is.
 */
export function themeTemplate({ text, faint, surface }: ThemeColours) {
  const axis = { gridcolor: GRID, zerolinecolor: faint, linecolor: faint, automargin: true };
  const axis3d = { gridcolor: GRID, zerolinecolor: faint, linecolor: faint, backgroundcolor: TRANSPARENT };
  return {
    layout: {
      paper_bgcolor: TRANSPARENT,
      plot_bgcolor: TRANSPARENT,
      font: { color: text },
      // Plotly's own margins are made for a figure that stands alone on a page.
      margin: { t: 64, r: 32, b: 56, l: 64 },
      xaxis: axis,
      yaxis: axis,
      scene: { xaxis: axis3d, yaxis: axis3d, zaxis: axis3d },
      polar: { bgcolor: TRANSPARENT, angularaxis: polarAxis(faint), radialaxis: polarAxis(faint) },
      hoverlabel: { bgcolor: surface, bordercolor: faint, font: { color: text } },
      modebar: { bgcolor: TRANSPARENT, color: faint, activecolor: text },
      legend: { bgcolor: TRANSPARENT },
      annotationdefaults: { arrowcolor: faint },
      // Plotly paints an active button nearly white in any case, so its text is dark in every theme.
      updatemenudefaults: { bgcolor: '#f4faff', bordercolor: faint, font: { color: '#212121' } },
      sliderdefaults: { bgcolor: GRID, bordercolor: faint, activebgcolor: faint },
    },
  };
}

const polarAxis = (faint: string) => ({ gridcolor: GRID, linecolor: faint });

const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Calls `listener` after each change of Lab's theme; returns what ends that. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  // Lab writes the theme's name on the body once the theme's style sheet is in place.
  observer ??= new MutationObserver(() => {
    for (const each of listeners) each();
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light'] });
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) observer?.disconnect();
  };
}
