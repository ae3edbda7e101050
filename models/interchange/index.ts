/**
 * Models go in and come out: files of other programs. A floor of its own above the models, which imports no
 * package and nothing of a platform, and which nothing else imports: only who uses it loads it.
 */
export { describeFile, type FileDescription } from './describeFile.js';
export { exportFormats, exportModel } from './exportModel.js';
export { importModel, type ImportedModel, type ImportOptions } from './importModel.js';
export { importWeights, type ImportedWeights, type ImportWeightsOptions } from './importWeights.js';
export type { FileFormat } from './openedFile.js';
export type { ExportFormat, ExportOptions } from './outgoing.js';
