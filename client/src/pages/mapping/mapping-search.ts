import { UploadRef } from "@touchline/server/contract";

/** The page's own part of the address: the file that is being imported. */
export interface MappingSearch {
  upload?: string;
}

export function parseMappingSearch(search: Record<string, unknown>): MappingSearch {
  const upload = UploadRef.safeParse({ id: search.upload });
  return upload.success ? { upload: upload.data.id } : {};
}
