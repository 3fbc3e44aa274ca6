import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What matters most comes first, for a run that has a limit of time. */
const order = [
  'bring-up',
  'recovery-worker',
  'recovery-control-plane',
  'recovery-careful',
  'recovery-disk',
  'durability',
  'operations',
  'drift',
  'diagnosis-prepare',
  'diagnosis-join',
  'diagnosis-node',
  'diagnosis-runtime',
  'page',
  'update',
  'uninstall',
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = order.indexOf(basename(moduleId, '.test.ts'));
  return place < 0 ? order.length : place;
};

export default class Order extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
