import { test } from 'vitest';
import { compile, boot, step, nextTime, viewOf } from '../../../../engine/index.ts';
import { catalogue } from '../../../catalogue.ts';
const P=(id:string,kind:string,config:any={},parent?:string)=>({id,kind:`kafka/${kind}`,name:id,x:0,y:0,config,...(parent?{parent}:{})});
const L=(id:string,kind:string,from:string,to:string)=>({id,kind:`kafka/${kind}`,from,to,config:{}});
test('try', () => {
  const scenario:any={from:'',title:'',intro:'',parts:[
    P('b1','broker',{}),P('b2','broker'),P('b3','broker'),
    P('orders','topic',{partitions:3,replicationFactor:3},'b1'),
    {...P('orders2','replica',{},'b2'),name:'orders'},{...P('orders3','replica',{},'b3'),name:'orders'},
    P('p','producer',{everyMillis:500}),
    P('g','group',JSON.parse(process.env.GROUP ?? '{}')),
    P('c1','consumer',{workMillis:200,...JSON.parse(process.env.C??'{}')},'g'),
    P('c2','consumer',{workMillis:200,...JSON.parse(process.env.C??'{}')},'g'),
  ],lines:[L('l1','produce','p','orders'),L('l2','subscribe','orders','g')],
  settings:{latency:20000,hop:1000,until:60_000_000,detect:10_000_000,colourBy:'key'}};
  const interventions=JSON.parse(process.env.I??'[]').map(([ms,verb,target]:any)=>({at:ms*1000,verb,target,args:{}}));
  const r=compile({scenario,seed:7,engine:1,interventions} as any,catalogue);
  if(!r.ok){console.log(JSON.stringify(r.error));return;}
  const facts:any[]=[];const w=boot(r.value,facts);
  while(step(r.value,w,facts));
  const skip=new RegExp(process.env.SKIP??'^(message|work|batch|frame)');
  for(const f of facts) if(!skip.test(f.kind)) console.log((f.time/1e6).toFixed(3),f.kind,f.at,f.message||'',f.why,JSON.stringify(f.data??''));
  for(const c of ['c1','c2','p','g','orders']) console.log(c,JSON.stringify(viewOf(r.value,w,c),(k,v)=>k==='chunks'||k==='ready'?undefined:v));
  console.log(facts.length,w.steps,w.halted);
  const count:any={};for(const f of facts) count[f.kind]=(count[f.kind]??0)+1;console.log(JSON.stringify(count));
}, 100000);
