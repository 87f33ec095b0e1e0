/** ZooKeeper: settings, what forbids a line, facts and reasons, and the node panel's words. */
export const zookeeper = {
  'field.zookeeper.server.tickMillis.label': 'Tick (tickTime)',
  'field.zookeeper.server.tickMillis.help':
    'The unit of all waiting: a session lasts 2 to 20 ticks after its last sign of life, and once a tick the leader makes sure that most servers are with it.',

  'problem.zookeeper.self': 'A line needs two different ends.',
  'remedy.zookeeper.otherEnd': 'Draw it to another server.',
  'problem.zookeeper.lineEnds': 'No line of ZooKeeper leads from {from} to {to}.',
  'remedy.zookeeper.toServer': 'Draw it to a ZooKeeper server.',
  'problem.zookeeper.lineTwice': '{from} and {to} are connected already.',
  'remedy.zookeeper.useTheLine': 'One line is enough.',

  'fact.znode.created': '{path} is created',
  'fact.znode.created.ephemeral': '{path} is created as an ephemeral node: it goes when its session ends',
  'fact.znode.changed': '{path} gets new data and is at version {version, number}',
  'fact.znode.deleted': '{path} is deleted',
  'fact.znode.deleted.ephemeral': 'The ephemeral node {path} is deleted',
  'fact.watch.fired': '{at} tells {client}, once: something has happened to {path}',
  'fact.watch.fired.NODE_CREATED': '{at} tells {client}, once: {path} has been created',
  'fact.watch.fired.NODE_DELETED': '{at} tells {client}, once: {path} has been deleted',
  'fact.watch.fired.NODE_DATA_CHANGED': '{at} tells {client}, once: the data of {path} have changed',
  'fact.watch.fired.NODE_CHILDREN_CHANGED': '{at} tells {client}, once: the children of {path} have changed',
  'fact.session.opened': '{client} has a session, connected with {at}',
  'fact.session.moved': '{client} goes on with its session, connected with {at} now',
  'fact.session.closed': '{client} ends its session; its ephemeral nodes go with it',
  'fact.session.expired': 'The session of {client} has expired; its ephemeral nodes go with it',

  'why.session-closed': 'It was ephemeral, and its owner has closed the session: so it goes at once.',
  'why.session-expired':
    'It was ephemeral, and nothing was heard of its owner for the whole time-out of the session. A broken connection alone does not delete it: the owner could still have come back.',
  'why.zk-elected':
    'Most servers voted for it: the newest epoch counts first, then the longest log, then the highest id. It leads once most of them have all that it has.',
  'why.zk-leader-known': 'It has everything that the leader of this epoch has committed, and serves its clients again.',
  'why.zk-no-leader': 'It has lost its leader, or found none. Without one it serves nobody, and votes.',
  'why.zk-no-quorum':
    'Fewer than most servers are with it. A leader without a majority must not go on, as the others could have elected another one: it stops serving, even for reads.',
  'why.zk-started': 'It has just started and does not know who leads.',

  'figure.serving': 'answers clients',
  'figure.zxid': 'last transaction (zxid)',
  'figure.znodes': 'znodes',
  'figure.sessions': 'sessions',
  'detail.znodes': 'Znodes',
  'detail.sessions': 'Sessions',
  'detail.watches': 'Watches set here',
  'column.path': 'path',
  'column.data': 'data',
  'column.version': 'version',
  'column.ephemeralOwner': 'owner, if ephemeral',
  'column.session': 'session',
  'column.timeoutMillis': 'time-out, ms',
  'column.connectedHere': 'connected here',
  'value.looking': 'looking for a leader',
  'value.standalone': 'alone',
  'value.data': 'data',
  'value.children': 'children',

  'model.zookeeper.server':
    'A ZooKeeper 3.8 server, alone or in an ensemble: znodes, one-shot watches, sessions, fast leader election and atomic broadcast, as recorded from real servers.',
  'model.zookeeper.client': 'A ZooKeeper client that plays a script.',
  'omit.zookeeper.acl': 'Access control (ACLs), authentication and quotas',
  'omit.zookeeper.container': 'Container nodes and nodes with a time to live',
  'omit.zookeeper.persistent-watches': 'Persistent and recursive watches (addWatch), and taking watches back',
  'omit.zookeeper.observers': 'Observers, read-only mode and local sessions',
  'omit.zookeeper.reconfig': 'Dynamic reconfiguration: a server that leaves still counts for the majority',
} as const;
