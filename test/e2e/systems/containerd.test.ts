import { describe } from 'vitest';
import { bringUpThreeReleases } from './three-releases.ts';

describe('Debian 11, 12 and 13 on containerd', () => bringUpThreeReleases('containerd'));
