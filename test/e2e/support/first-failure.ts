import { beforeEach } from 'vitest';

let failed = false;

/**
 * What comes after a failure in the same file begins where that has left the hosts, and would only fail more slowly.
 */
beforeEach(({ onTestFailed, skip }) => {
  if (failed) skip('an earlier test of this file failed');
  onTestFailed(() => {
    failed = true;
  });
});
