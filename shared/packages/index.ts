import type { PackageManager } from '../systems.ts';
import { apt } from './apt.ts';
import type { PackageFormat } from './format.ts';

/** agent/machine/packages runs each of them. */
export const packageFormats: Readonly<Record<PackageManager, PackageFormat>> = { apt };

/** The format assumed in plans and texts, which are the same for all hosts. */
export const packageFormat: PackageFormat = packageFormats.apt;
