/** Ends a `switch` over a closed union: a case that is not handled does not compile. */
export function exhaustive(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
