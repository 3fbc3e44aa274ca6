import { describe } from 'vitest';
import { bringUpDirty } from './dirty.ts';

describe('dirty hosts on containerd', () =>
  bringUpDirty({ runtime: 'containerd', hosts: 2, systems: { master01: 'debian-12', node01: 'debian-13' } }));
