export * from './client/index.ts';
export {
  findKernelSpec,
  type InstalledSpec,
  installKernelSpec,
  type KernelSpec,
  kernelSpec,
  logosFolder,
  SPEC_NAME,
  type SpecLocation,
  uninstallKernelSpec,
} from './spec/index.ts';
