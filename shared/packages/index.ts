import { apt } from './apt.ts';
import type { PackageFormat } from './format.ts';

/** The format assumed in plans and texts, where the host's package manager is not known. */
export const packageFormat: PackageFormat = apt;
