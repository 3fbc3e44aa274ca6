import type { FieldType } from '../../../kubeadm/fields/field.ts';
import type { LocalText } from '../../../text/local-text.ts';

/** As time.ParseDuration of Go reads it, such as 1h30m. */
const goDuration = /^[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;
/** As resource.ParseQuantity of Kubernetes reads it, such as 500Mi. */
const goQuantity = /^[-+]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?\d+)?$/;

const unitSeconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Seconds of a duration as Go reads it; null: it is none. */
export function seconds(value: unknown): number | null {
  if (typeof value !== 'string' || !goDuration.test(value)) return null;
  const parts = [...value.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)];
  const sum = parts.reduce((total, [, amount = '', unit = '']) => total + Number(amount) * (unitSeconds[unit] ?? 0), 0);
  return value.startsWith('-') ? -sum : sum;
}

/** Whether Go's JSON decoder accepts a value for a type; what lists, maps and mappings contain is not looked at. */
export function isOfKind(value: unknown, type: FieldType): boolean {
  switch (type.kind) {
    case 'boolean':
    case 'string':
      return typeof value === type.kind;
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'duration':
      return typeof value === 'string' && goDuration.test(value);
    case 'quantity':
      return typeof value === 'number' || (typeof value === 'string' && goQuantity.test(value));
    case 'size':
      return typeof value === 'string' && goQuantity.test(value);
    case 'threshold':
      return typeof value === 'string' && (goQuantity.test(value) || /^\d+(\.\d+)?%$/.test(value));
    case 'enum':
      return value === '' || (typeof value === 'string' && type.values.includes(value));
    case 'list':
      return Array.isArray(value);
    case 'map':
    case 'mapping':
      return typeof value === 'object' && !Array.isArray(value);
    default:
      return true;
  }
}

const texts = {
  boolean: { en: 'true or false, without quotes', zh: 'true 或 false，不加引号' },
  integer: { en: 'an integer, without quotes', zh: '整数，不加引号' },
  number: { en: 'a number, without quotes', zh: '数字，不加引号' },
  string: { en: 'a string; put the value in quotes', zh: '字符串；请给该值加引号' },
  duration: { en: 'a duration with its unit, such as 4m0s', zh: '带单位的时长，例如 4m0s' },
  quantity: { en: 'a quantity such as 500Mi', zh: '数量，例如 500Mi' },
  size: { en: 'a quantity in quotes, such as "500Mi"', zh: '加引号的数量，例如 "500Mi"' },
  threshold: {
    en: 'a quantity or a percentage in quotes, such as "500Mi" or "10%"',
    zh: '加引号的数量或百分比，例如 "500Mi" 或 "10%"',
  },
  list: { en: 'a list', zh: '列表' },
  map: { en: 'a mapping', zh: '映射' },
  mapping: { en: 'a mapping', zh: '映射' },
  any: { en: 'any value', zh: '任意值' },
  arguments: { en: 'a mapping of argument names to values', zh: '由参数名到值的映射' },
} as const satisfies Record<Exclude<FieldType['kind'], 'enum'>, LocalText>;

/** What a type requires. */
export function typeTexts(type: FieldType): LocalText {
  if (type.kind !== 'enum') return texts[type.kind];
  const values = type.values.filter((value) => value !== '');
  return { en: `one of ${values.join(', ')}`, zh: `${values.join('、')} 之一` };
}
