import { apt } from './apt.ts';
import type { PackageFormat } from './format.ts';

/** What texts and plans are written for, where the host's own package manager is not known. */
export const packageFormat: PackageFormat = apt;
