import { z } from 'zod';
import { languages } from '../../../shared/text/local-text.ts';
import { version } from '../../../shared/version.ts';
import type { Access, Answer, Description } from './endpoint.ts';
import { accessOf } from './mount.ts';
import { schemas } from './schemas.ts';

const securitySchemes = {
  enrolmentToken: { type: 'http', scheme: 'bearer', description: 'Enrols a host; expires.' },
  hostCredential: { type: 'http', scheme: 'bearer', description: 'Grants access to one host’s own endpoints.' },
  metricsToken: { type: 'http', scheme: 'bearer', description: 'Grants access to /metrics.' },
  session: { type: 'apiKey', in: 'cookie', name: 'muster_session', description: 'A session of the status page.' },
};

/** The Unix socket needs no credential: its file mode restricts it to the operator. */
const security: Record<Access, Record<string, string[]>> = {
  anyone: {},
  socket: {},
  session: { session: [] },
  'enrolment-token': { enrolmentToken: [] },
  'host-credential': { hostCredential: [] },
  'metrics-token': { metricsToken: [] },
};

/** The API as OpenAPI 3.1, derived from the validation schemas. */
export function apiDocument(endpoints: readonly Description[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method]: operationObject(endpoint) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'muster coordinator',
      version,
      description:
        'Over HTTPS for agents and for browsers with a session, and over the Unix socket for `muster`. Responses may gain fields; existing fields stay.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The coordinator.' }],
    paths,
    components: { schemas: components(), securitySchemes },
  };
}

function operationObject(endpoint: Description) {
  const { id, path, summary, body, answers } = endpoint;
  const access = accessOf(endpoint);
  const parameters = [...pathParameters(path), ...queryParameters(endpoint)];
  const socketOnly = access.every((one) => one === 'socket');
  return {
    operationId: id,
    summary,
    ...(socketOnly ? { description: 'Over the Unix socket only.' } : {}),
    security: access.map((one) => security[one]),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, responseObject(answer)])),
      default: { description: 'Refused: the reason and the remedy.', content: json(schemas.Problem) },
    },
  };
}

function responseObject({ description, schema, type }: Answer) {
  if (schema !== undefined) return { description, content: json(schema) };
  return type === undefined ? { description } : { description, content: { [type]: { schema: { type: 'string' } } } };
}

function json(schema: z.ZodType) {
  return { 'application/json': { schema: reference(schema) } };
}

function pathParameters(path: string) {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

/** Takes precedence over Accept-Language. */
const langQuery = z.object({ lang: z.enum(languages).optional() });

function queryParameters({ query, localized }: Description) {
  return Object.entries({ ...query?.shape, ...(localized ? langQuery.shape : {}) }).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: inline(schema as z.ZodType),
  }));
}

const names = new Map<z.ZodType, string>(Object.entries(schemas).map(([name, schema]) => [schema, name]));

/** A `$ref` for a named schema or a list of one; otherwise the full schema. */
function reference(schema: z.ZodType): unknown {
  const name = names.get(schema);
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  if (schema instanceof z.ZodArray) return { type: 'array', items: reference(schema.element as z.ZodType) };
  return inline(schema);
}

function inline(schema: z.ZodType) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

/** All named schemas; nested named schemas are references. */
function components(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { io: 'input', uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(made.schemas).map(([name, { $schema: _schema, $id: _id, ...rest }]) => [name, rest]),
  );
}
