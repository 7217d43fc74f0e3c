import { Router } from 'express';
import { HttpError } from '../http/errors.ts';
import { parameter, resource } from '../http/resource.ts';

/** The name that notebooks written for tslab carry. */
export const KERNEL_NAME = 'tslab';

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
<rect width="64" height="64" rx="8" fill="#3178c6"/>
<path fill="#fff" d="M12 30h24v6h-8.500v22h-7v-22H12zM39 50.200c2.100 1.700 4.600 2.700 7.200 2.700 2.200 0 3.500-.800 3.500-2.300 0-1.400-1-2.100-4.200-3.400-4.800-1.900-6.900-4.300-6.900-8.200 0-5.100 4-8.600 10-8.600 2.800 0 5.200.6 7 1.700v6.300c-2-1.500-4.300-2.400-6.600-2.400-2 0-3.300.8-3.300 2.200 0 1.300 1 2 3.900 3.200 5.100 2 7.300 4.500 7.300 8.500 0 5.300-4.100 8.700-10.600 8.700-2.900 0-5.500-.6-7.300-1.700z"/>
</svg>
`;

const SPEC = {
  name: KERNEL_NAME,
  spec: {
    argv: [],
    display_name: 'TypeScript',
    language: 'typescript',
    interrupt_mode: 'message',
    env: {},
    metadata: { debugger: false },
  },
  resources: { 'logo-svg': `/kernelspecs/${KERNEL_NAME}/logo-svg.svg` },
};

/** `/api/kernelspecs` and the logos under `/kernelspecs`. */
export function kernelspecRoutes(): Router {
  const router = Router();
  resource(router, '/api/kernelspecs', {
    get: (_request, response) => {
      response.json({ default: KERNEL_NAME, kernelspecs: { [KERNEL_NAME]: SPEC } });
    },
  });
  resource(router, '/api/kernelspecs/:name', {
    get: (request, response) => {
      checkKernelName(parameter(request, 'name'));
      response.json(SPEC);
    },
  });
  resource(router, `/kernelspecs/${KERNEL_NAME}/logo-svg.svg`, {
    get: (_request, response) => {
      response.type('svg').set('Cache-Control', 'max-age=3600').send(LOGO);
    },
  });
  return router;
}

export function checkKernelName(name: string): void {
  if (name === KERNEL_NAME) return;
  throw new HttpError(404, `There is no kernel "${name}" here, only "${KERNEL_NAME}" (TypeScript).`);
}
