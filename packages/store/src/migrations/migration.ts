/** One step of the schema. Steps only go forward; one that was released never changes. */
export interface Migration {
  /** Counts from 1 without gaps. */
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}
