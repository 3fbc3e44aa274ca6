import type { Field, Fields, FieldType } from '../../../kubeadm/fields/field.ts';
import { newestListed, sections } from '../../../kubeadm/fields/index.ts';
import { hasArgumentLists, minorVersion } from '../../../kubeadm/version.ts';
import { readVersion } from '../../kubernetes-version.ts';
import type { Path, Report } from '../../problem.ts';
import { closest, didYouMean } from '../../suggestion.ts';
import type { PartialPlan } from '../../written.ts';
import { checkArguments } from './arguments.ts';
import { isOfKind, typeTexts } from './values.ts';

interface Context {
  report: Report;
  /** Such as 1.23.0. */
  version: string;
  minor: number;
}

/** kubeadm ignores an unknown field with a warning only; a value of another type ends it. */
export function checkFields({ kubernetes }: PartialPlan, report: Report): void {
  const components = kubernetes?.components;
  if (components === undefined || kubernetes?.version === undefined) return;
  const { version } = readVersion(kubernetes.version);
  const context = { report, version, minor: minorVersion(version) };
  for (const [section, type] of Object.entries(sections)) {
    const written = components[section as keyof typeof sections];
    if (written !== undefined) checkValue(written, type, ['kubernetes', 'components', section], context);
  }
}

function checkValue(value: unknown, type: FieldType, path: Path, context: Context): void {
  if (value === null || value === undefined) return;
  if (type.kind === 'arguments') {
    checkArguments(value, path, { ...context, isList: hasArgumentLists(context.version) });
  } else if (!isOfKind(value, type)) {
    context.report(path, 'field-type', { type: typeTexts(type) });
  } else if (type.kind === 'list') {
    for (const [index, item] of (value as unknown[]).entries()) checkValue(item, type.of, [...path, index], context);
  } else if (type.kind === 'map') {
    for (const [key, item] of Object.entries(value)) checkValue(item, type.of, [...path, key], context);
  } else if (type.kind === 'mapping') {
    for (const [key, item] of Object.entries(value)) checkField({ key, item }, type.fields, path, context);
  }
}

function checkField(
  { key, item }: { key: string; item: unknown },
  fields: Fields,
  above: Path,
  context: Context,
): void {
  const path = [...above, key];
  // decided.ts reports these.
  if (above.length === 3 && (key === 'apiVersion' || key === 'kind')) return;
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (field === undefined) reportUnknown(key, fields, path, context);
  else if (isInVersion(field, path, context)) checkValue(item, field.type, path, context);
}

function reportUnknown(key: string, fields: Fields, path: Path, { report, minor }: Context): void {
  const known = Object.entries(fields)
    .filter(([, { since = 0, until = Number.POSITIVE_INFINITY }]) => since <= minor && minor < until)
    .map(([name]) => name);
  const meant = closest(key, known);
  const version = `1.${minor}`;
  if (minor > newestListed && meant === null) report(path, 'field-unlisted', { version });
  else if (meant !== null) report(path, 'field-unknown', { version, hint: didYouMean(meant) });
  else report(path, 'field-unknown', { version, hint: { en: 'remove it', zh: '请将其删除' } });
}

function isInVersion(field: Field, path: Path, { report, minor }: Context): boolean {
  const { since = 0, until = Number.POSITIVE_INFINITY, instead } = field;
  if (minor < since) report(path, 'field-too-new', { version: `1.${minor}`, since: `1.${since}` });
  else if (minor >= until && instead !== undefined) report(path, 'field-moved', { until: `1.${until}`, instead });
  else if (minor >= until) report(path, 'field-removed', { until: `1.${until}` });
  return since <= minor && minor < until;
}
