import { expect, it } from 'vitest';
import { openApiPackages } from './kubernetes.ts';

it('names each package with OpenAPI markers once, by its import path, tests and samples left out', () => {
  const files = [
    'staging/src/k8s.io/api/core/v1/types.go',
    'staging/src/k8s.io/api/core/v1/doc.go',
    'pkg/apis/abac/v1beta1/types.go',
    'pkg/apis/core/types_test.go',
    'staging/src/k8s.io/sample-apiserver/pkg/apis/doc.go',
    'staging/src/k8s.io/code-generator/examples/doc.go',
  ];
  expect(openApiPackages(files)).toBe(
    'k8s.io/kubernetes/pkg/apis/abac/v1beta1,k8s.io/kubernetes/vendor/k8s.io/api/core/v1',
  );
});
