export interface ThemeColours {
  text: string;
  faint: string;
  grid: string;
  surface: string;
}

/** The colours of Lab's present theme, from its CSS variables. */
export function readThemeColours(): ThemeColours {
  const style = getComputedStyle(document.body);
  const colour = (variable: string, otherwise: string) => style.getPropertyValue(variable).trim() || otherwise;
  return {
    text: colour('--jp-content-font-color1', '#212121'),
    faint: colour('--jp-content-font-color3', '#8a8a8a'),
    grid: colour('--jp-border-color2', '#e0e0e0'),
    surface: colour('--jp-layout-color1', '#ffffff'),
  };
}

/**
 * A Plotly template that lets a figure sit on the notebook's own background. A template holds defaults only: what the
 * figure sets itself stays as it is.
 */
export function themeTemplate({ text, faint, grid, surface }: ThemeColours) {
  const axis = { gridcolor: grid, zerolinecolor: faint, linecolor: faint, automargin: true };
  const axis3d = { gridcolor: grid, zerolinecolor: faint, linecolor: faint, backgroundcolor: 'rgba(0,0,0,0)' };
  return {
    layout: {
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      font: { color: text },
      // Plotly's own margins are made for a figure that stands alone on a page.
      margin: { t: 64, r: 32, b: 56, l: 64 },
      xaxis: axis,
      yaxis: axis,
      scene: { xaxis: axis3d, yaxis: axis3d, zaxis: axis3d },
      polar: { bgcolor: 'rgba(0,0,0,0)', angularaxis: polarAxis(grid, faint), radialaxis: polarAxis(grid, faint) },
      hoverlabel: { bgcolor: surface, bordercolor: faint, font: { color: text } },
      modebar: { bgcolor: 'rgba(0,0,0,0)', color: faint, activecolor: text },
      legend: { bgcolor: 'rgba(0,0,0,0)' },
      annotationdefaults: { arrowcolor: faint },
      updatemenudefaults: { bgcolor: surface, bordercolor: faint },
      sliderdefaults: { bgcolor: grid, bordercolor: faint, activebgcolor: faint },
    },
  };
}

const polarAxis = (grid: string, faint: string) => ({ gridcolor: grid, linecolor: faint });

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
