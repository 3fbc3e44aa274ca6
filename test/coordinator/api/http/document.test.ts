import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { apiDocument } from '../../../../coordinator/api/http/document.ts';
import { endpoints } from '../../../../coordinator/server/apps.ts';

test('is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(apiDocument(endpoints));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test('every endpoint has a unique name', () => {
  const ids = endpoints.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('describes a report and a status by reference to the schemas that validate them', () => {
  const { paths, components } = apiDocument(endpoints);
  const status = paths['/v1/status']?.get as { responses: Record<string, { content: unknown }> };
  expect(status.responses[200]?.content).toEqual({
    'application/json': { schema: { $ref: '#/components/schemas/Status' } },
  });
  expect(components.schemas.Status).toMatchObject({
    properties: { hosts: { items: { $ref: '#/components/schemas/HostStatus' } } },
  });
});
