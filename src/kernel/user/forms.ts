/** What stands beside a display, for programs that do not show it itself. */
import { bundleText } from '../../display/bundle-text.ts';
import type { MimeBundle } from '../../display/channel.ts';
import { escapeHtml } from '../../display/html.ts';

const SVG = 'image/svg+xml';
const PLOTLY = 'application/vnd.plotly.v1+json';

/** Text for terminals, and a bare SVG in HTML, as nbconvert and others drop it. */
export function withPlainForms(bundle: MimeBundle): MimeBundle {
  const forms = withSvgAsHtml(bundle);
  return 'text/plain' in forms ? forms : { ...forms, 'text/plain': bundleText(bundle) };
}

/** As an image, which is how JupyterLab shows an SVG as well. */
function withSvgAsHtml(bundle: MimeBundle): MimeBundle {
  const svg = bundle[SVG];
  if (typeof svg !== 'string' || 'text/html' in bundle) return bundle;
  const named = /<svg[^>]*\sxmlns=/.test(svg) ? svg : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
  const data = Buffer.from(named).toString('base64');
  return { ...bundle, 'text/html': `<img alt="" style="max-width:100%" src="data:${SVG};base64,${data}">` };
}

/** A Plotly figure as a still picture; in words if it is of a kind that is not drawn here. The code is loaded with the first. */
export function withStillPicture(bundle: MimeBundle): MimeBundle | Promise<MimeBundle> {
  if (!(PLOTLY in bundle) || 'text/html' in bundle) return bundle;
  return import('../../plot/static.ts').then(({ describeFigure, staticPicture }) => {
    const words = describeFigure(bundle[PLOTLY]);
    const html = staticPicture(bundle[PLOTLY]) ?? `<p>${escapeHtml(words)}. It is drawn where there is Plotly.</p>`;
    return { 'text/plain': words, ...bundle, 'text/html': html };
  });
}
