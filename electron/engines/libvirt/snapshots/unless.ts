import { LibvirtError } from '../client/index.ts';

/** The answer; undefined where libvirt says one of these errors. @throws what else goes wrong */
export async function unless<T>(codes: readonly number[], asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof LibvirtError && codes.includes(error.code)) return undefined;
    throw error;
  }
}
