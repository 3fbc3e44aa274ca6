import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { PlacedObject } from '../../shared/kube/coordinator-objects.ts';
import type { KubeClient } from '../kube/client.ts';

const objectSchema = z.looseObject({ metadata: z.looseObject({}) });

const pathOf = ({ collection, body }: PlacedObject) => `${collection}/${encodeURIComponent(body.metadata.name)}`;

/** The first object that is missing or changed; null: none. */
export async function misplaced(client: KubeClient, objects: readonly PlacedObject[]): Promise<string | null> {
  for (const object of objects) {
    const there = objectSchema.nullable().parse(await client.get(pathOf(object)));
    if (there === null || !isAsPlaced(object, there)) return `${object.body.kind} ${object.body.metadata.name}`;
  }
  return null;
}

/** Creates missing objects, in order, and restores the parts that nobody else may change. */
export async function place(client: KubeClient, objects: readonly PlacedObject[]): Promise<void> {
  for (const object of objects) {
    const there = objectSchema.nullable().parse(await client.get(pathOf(object)));
    if (there === null) await client.create(object.collection, object.body);
    else if (!isAsPlaced(object, there))
      await client.replace(pathOf(object), { ...there, ...object.body, metadata: there.metadata });
  }
}

const isAsPlaced = ({ body, own = [] }: PlacedObject, there: Record<string, unknown>): boolean =>
  own.every((part) => isDeepStrictEqual(there[part], body[part]));
