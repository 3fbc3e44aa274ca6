import { z } from 'zod';

/** A seeded source of random choices (mulberry32). */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    chance: (part: number) => next() < part,
    pick: <T>(from: readonly T[]): T => from[below(from.length)] as T,
  };
}
export type Random = ReturnType<typeof createRandom>;

const strings = [
  ...['', 'x', 'node01', 'node02', 'master01', '../../etc/passwd', '%2e%2e%2f', '\u001b]0;x\u0007', '\0', '\n', 'é漢𝒳'],
  ...['$(id)', '`id`', "' OR 1=1 --", '-oX=y', '__proto__', 'constructor', 'true', '0', '2026-01-01T00:00:00Z'],
  ...['a'.repeat(64), '0'.repeat(64), 'x'.repeat(5000), '\u001b]'.repeat(500), 'a-'.repeat(2000), '\ud800'],
];
const numbers = [0, -0, 1, -1, 0.5, 10, 6443, 65_536, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 1e-300];
const others: readonly unknown[] = [null, true, false, [], {}, [[[[]]]], { toString: 1 }, { length: 1e9 }];

export const anyString = (random: Random): string => random.pick(strings);

/** A value of any kind. */
export const anyValue = (random: Random): unknown =>
  random.chance(0.5) ? random.pick(strings) : random.pick<unknown>([...numbers, ...others]);

type Schema = Record<string, unknown>;

/** A value that mostly fits a schema, so that it gets past the first check, and is wrong in some places. */
export function likeSchema(schema: z.ZodType, random: Random): unknown {
  return made(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, random, 0);
}

function made(schema: Schema, random: Random, depth: number): unknown {
  if (random.chance(0.04) || depth > 8) return anyValue(random);
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (choices !== undefined) return made(random.pick(choices), random, depth + 1);
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return random.pick(schema.enum);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, random, depth);
    case 'array': {
      const count = random.pick([0, 1, 2, 5]);
      return Array.from({ length: count }, () => made((schema.items ?? {}) as Schema, random, depth + 1));
    }
    case 'string':
      return random.chance(0.3) ? anyString(random) : likely(String(schema.pattern ?? ''), random);
    case 'number':
    case 'integer':
      return random.pick(numbers);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    default:
      return anyValue(random);
  }
}

function objectOf(schema: Schema, random: Random, depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  const required = (schema.required ?? []) as string[];
  for (const [name, one] of Object.entries((schema.properties ?? {}) as Record<string, Schema>)) {
    const isLeftOut = random.chance(required.includes(name) ? 0.03 : 0.5);
    if (!isLeftOut) object[name] = made(one, random, depth + 1);
  }
  if (typeof schema.additionalProperties === 'object') {
    for (let i = random.below(3); i > 0; i -= 1)
      object[anyString(random)] = made(schema.additionalProperties as Schema, random, depth + 1);
  }
  if (random.chance(0.05)) object[anyString(random)] = anyValue(random);
  return object;
}

/** A text of the form that a pattern asks for, among the forms that plans and reports have. */
function likely(pattern: string, random: Random): string {
  const forms = ['node02', '10.77.0.12', '0'.repeat(64), '2026-01-01T00:00:00Z', '1.2.3', 'https://x/', 'age1x', 'b'];
  const fitting = forms.filter((form) => pattern === '' || new RegExp(pattern, 'u').test(form));
  return random.pick(fitting.length === 0 ? forms : fitting);
}
