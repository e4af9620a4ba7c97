/** SQL for every linked id with its person; the id that stands for the person is one of them. Others are a person of their own. */
export const MEMBERS = `(
      SELECT visitor_id, person_id FROM persons WHERE workspace_id = {workspaceId:String}
      UNION ALL
      SELECT DISTINCT person_id AS visitor_id, person_id FROM persons WHERE workspace_id = {workspaceId:String})`;
