import { describe } from 'vitest';
import { bringUpOn } from './bring-up.ts';

describe('three bare hosts on docker', () => bringUpOn('docker'));
