import type * as v from 'valibot';

/** One call of the contract: the schema of its parameters (checked by the host) and the type of its value. */
export interface Method<S extends v.GenericSchema, R> {
  readonly params: S;
  /** Only for the type checker; never set. */
  readonly result?: R;
}

/** method<Value>()(schema): two steps, because TypeScript cannot infer one type argument and be given the other. */
export const method =
  <R>() =>
  <S extends v.GenericSchema>(params: S): Method<S, R> => ({ params });

export type Methods = Readonly<Record<string, Method<v.GenericSchema, unknown>>>;
export type ParamsOf<M> = M extends Method<infer S, unknown> ? v.InferInput<S> : never;
export type ParsedOf<M> = M extends Method<infer S, unknown> ? v.InferOutput<S> : never;
export type ResultOf<M> = M extends Method<v.GenericSchema, infer R> ? R : never;

/** What a service implements for its part of the contract. Parameters arrive parsed. */
export type Handlers<C extends Methods> = {
  readonly [K in keyof C]: (params: ParsedOf<C[K]>) => ResultOf<C[K]> | Promise<ResultOf<C[K]>>;
};
