export { kernelsFolder, type SearchFolder, type SpecLocation, searchFolders } from './folders.ts';
export { type Host, lastingNode, thisHost } from './host.ts';
export {
  findKernelSpec,
  type InstalledSpec,
  installKernelSpec,
  logosFolder,
  type SpecPlace,
  uninstallKernelSpec,
  unwritable,
} from './install.ts';
export { type KernelSpec, kernelSpec, otherCopy, SPEC_NAME, type SpecContent } from './kernel-json.ts';
export { LANGUAGE_INFO } from './language-info.ts';
export { type ListedFolder, type ListedSpec, listKernelSpecs } from './list.ts';
