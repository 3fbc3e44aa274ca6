import { describe } from 'vitest';
import { bringUpDirty } from './dirty.ts';

describe('a dirty host on docker', () =>
  bringUpDirty({ runtime: 'docker', hosts: 1, systems: { master01: 'debian-11' } }));
