/**
 * Solves A x = b for a symmetric, positive definite A, row by row, by Cholesky's decomposition. A is overwritten.
 * O(n³ / 6). Throws a RangeError when A is not positive definite.
 */
export function solvePositive(a: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (a[i * size + k] ?? 0) * (a[j * size + k] ?? 0);
      if (i === j) {
        if (!(sum > 0)) throw new RangeError('the matrix is not positive definite');
        a[i * size + i] = Math.sqrt(sum);
      } else {
        a[i * size + j] = sum / (a[j * size + j] ?? 1);
      }
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    let sum = x[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= (a[i * size + k] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (a[i * size + i] ?? 1);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < size; k++) sum -= (a[k * size + i] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (a[i * size + i] ?? 1);
  }
  return x;
}
