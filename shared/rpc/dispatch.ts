import { EtalonError, toErrorData } from '../model/errors.ts';
import { parseInput } from '../model/fields.ts';
import type { ContractHandlers, FrontMessage, MethodName, Reply } from './contract.ts';
import { contract } from './contract.ts';

const methods = new Map(Object.entries(contract));

/** The host's side of one call: known method, parameters by schema, call, errors as data. Never throws, always replies. */
export async function dispatch(handlers: Partial<ContractHandlers>, request: FrontMessage): Promise<Reply> {
  try {
    const method = methods.get(request.method);
    if (method === undefined)
      throw new EtalonError('unknown-method', `There is no call named ${String(request.method).slice(0, 100)}.`);
    const params = parseInput(method.params, request.params, request.method);
    const handler = handlers[request.method as MethodName] as ((params: unknown) => unknown) | undefined;
    if (handler === undefined) throw new EtalonError('unknown-method', `${request.method} is not served here.`);
    return { kind: 'reply', id: request.id, ok: true, value: await handler(params) };
  } catch (error) {
    return { kind: 'reply', id: request.id, ok: false, error: toErrorData(error) };
  }
}
