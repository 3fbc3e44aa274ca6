/**
 * What @peculiar/x509's dependency injection (tsyringe) needs of the Reflect metadata proposal before it can be loaded: metadata of
 * classes, by key, inherited along the prototype chain.
 */
const byTarget = new WeakMap<object, Map<unknown, unknown>>();

function getOwnMetadata(key: unknown, target: object): unknown {
  return byTarget.get(target)?.get(key);
}

function getMetadata(key: unknown, target: object): unknown {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at)) {
    if (byTarget.get(at)?.has(key)) return getOwnMetadata(key, at);
  }
  return undefined;
}

function defineMetadata(key: unknown, value: unknown, target: object): void {
  byTarget.set(target, (byTarget.get(target) ?? new Map()).set(key, value));
}

if (!('getMetadata' in Reflect)) Object.assign(Reflect, { getOwnMetadata, getMetadata, defineMetadata });
