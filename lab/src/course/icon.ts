import { LabIcon } from '@jupyterlab/ui-components';

/** Two axes and a loss that falls: what the course is about. */
export const courseIcon = new LabIcon({
  name: 'learnable:course',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke-linecap="round" stroke-linejoin="round">
  <path class="jp-icon3" stroke="#616161" stroke-width="1.6" d="M4 3.5v16.5h16.5"/>
  <path class="jp-icon-brand0" stroke="#1976d2" stroke-width="2" d="M7 5c1.2 8 4.5 11 13 11.5"/>
  <g class="jp-icon-warn0" fill="#f57c00"><circle cx="9" cy="11" r="1.5"/><circle cx="13.2" cy="14.8" r="1.5"/></g>
</svg>`,
});
