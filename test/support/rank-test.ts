/** The sum of probabilities of the normal distribution beyond `z` on both sides. Abramowitz and Stegun 7.1.26, error below 1.5e-7. */
function beyond(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return polynomial * Math.exp(-x * x);
}

/**
 * Mann and Whitney's rank test, two-sided: how likely two samples of one and the same distribution differ at least as much in their
 * ranks as these do. The normal approximation, without ties: for at least eight measured times each.
 */
export function rankTest(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, isOne: true })), ...other.map((value) => ({ value, isOne: false }))];
  all.sort((a, b) => a.value - b.value);
  const rankSum = all.reduce((sum, { isOne }, index) => sum + (isOne ? index + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  const u = rankSum - (n * (n + 1)) / 2;
  return beyond((u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12));
}
