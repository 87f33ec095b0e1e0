/** Id of a part (node or place) of a scenario. Short, unique in the scenario, never shown to people. */
export type PartId = string;
/** Id of a line of a scenario. Parts and lines share one name space. */
export type LineId = string;
/** Number of a message in a run, counted from 1; 0 stands for "no message". People read it as m1, m2 … */
export type MessageId = number;
