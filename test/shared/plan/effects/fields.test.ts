import { expect, test } from 'vitest';
import { z } from 'zod';
import { fieldOf, planFields } from '../../../../shared/plan/effects/fields.ts';
import { planSchema } from '../../../../shared/plan/schema.ts';

/** Paths of all fields of a JSON schema; items of lists and values of maps are not followed. */
function pathsOf(schema: z.core.JSONSchema.JSONSchema, prefix = ''): string[] {
  const items = Array.isArray(schema.items) ? undefined : schema.items;
  const { properties } = typeof items === 'object' && prefix === 'hosts' ? items : schema;
  if (properties === undefined) return [prefix];
  return Object.entries(properties).flatMap(([key, inner]) =>
    typeof inner === 'boolean' ? [] : pathsOf(inner, prefix === '' ? key : `${prefix}.${key}`),
  );
}

const paths = pathsOf(z.toJSONSchema(planSchema, { unrepresentable: 'any', io: 'output' }));

test.each(paths)('%s: the table says when a change takes effect', (path) => {
  expect(fieldOf(path)).toBeDefined();
});

test.each(planFields)('$path is a field of the plan', ({ path }) => {
  expect(paths.some((one) => one === path || one.startsWith(`${path}.`))).toBe(true);
});

test.each([
  ['settings.network.podSubnet', 'init'],
  ['settings.network.plugin.title', 'now'],
  ['settings.runtime.name', 'join'],
  ['settings.runtime.registryMirrors', 'now'],
  ['settings.kubernetes.components.joinConfiguration', 'join'],
])('%s takes effect at: %s', (path, applies) => {
  expect(fieldOf(path)?.applies).toBe(applies);
});
