import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { jsonOrUndefined, parseJson } from '../../shared/json.ts';

const schema = z.object({ host: z.object({ name: z.string() }) });

function reasonOf(text: string): unknown {
  try {
    return parseJson(schema, text);
  } catch (error) {
    return error;
  }
}

describe('parseJson', () => {
  test('returns what the schema allows', () => {
    expect(parseJson(schema, '{"host": {"name": "a"}}')).toEqual({ host: { name: 'a' } });
  });

  test.each([
    ['a syntax error', '{\n"host": {\n"name": "marker\n}', /^line \d: not JSON$/],
    ['an empty text', '', /not JSON$/],
    ['a field of the wrong type', '{\n"host": {\n"name": ["marker"]}}', /^line 3: host\.name: /],
    ['a missing field', '{"other": "marker"}', /^host: /],
    ['another type', '["marker"]', /an object/],
  ])('names the line and the field of %s, and none of its content', (_, text, message) => {
    const error = reasonOf(text);
    expect(error).toMatchObject({ code: 'json-invalid', message: expect.stringMatching(message) });
    expect(error).toHaveProperty('text.zh');
    expect(JSON.stringify([error, String(error)])).not.toContain('marker');
  });
});

test('jsonOrUndefined returns undefined for anything but JSON', () => {
  expect(jsonOrUndefined('<html>')).toBeUndefined();
  expect(jsonOrUndefined('null')).toBeNull();
});
