<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>HERA</name>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>File</source>
   <translation>文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Edit</source>
   <translation>编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Run</source>
   <translation>运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>View</source>
   <translation>视图</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Tools</source>
   <translation>工具</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Help</source>
   <translation>帮助</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>New session</source>
   <translation>新建会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Open session...</source>
   <translation>打开会话...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Save session as...</source>
   <translation>会话另存为...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Open prompts file...</source>
   <translation>打开提示词文件...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Export report...</source>
   <translation>导出报告...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Export patches or model...</source>
   <translation>导出补丁或模型...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Import patch...</source>
   <translation>导入补丁...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Save trace as script...</source>
   <translation>将轨迹存为脚本...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Preferences...</source>
   <translation>首选项...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Quit</source>
   <translation>退出</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Undo</source>
   <translation>撤销</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Redo</source>
   <translation>重做</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Copy the state hash</source>
   <translation>复制状态哈希</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Search the timeline</source>
   <translation>搜索时间线</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Search features</source>
   <translation>搜索特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Evolve</source>
   <translation>演化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Queue the prompt</source>
   <translation>将提示词加入队列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Run the queue</source>
   <translation>运行队列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Pause the queue</source>
   <translation>暂停队列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Start auto-run</source>
   <translation>开始自动运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Evolve layout</source>
   <translation>演化布局</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Inspect layout</source>
   <translation>检视布局</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Compare layout</source>
   <translation>比较布局</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Chat layout</source>
   <translation>聊天布局</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Experiments layout</source>
   <translation>实验布局</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Reset this layout</source>
   <translation>重置此布局</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Back</source>
   <translation>后退</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Forward</source>
   <translation>前进</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>System theme</source>
   <translation>跟随系统主题</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Light theme</source>
   <translation>浅色主题</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Dark theme</source>
   <translation>深色主题</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Command palette</source>
   <translation>命令面板</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Probes and limits...</source>
   <translation>探针与限值...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Train an SAE...</source>
   <translation>训练 SAE...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Compare with the base</source>
   <translation>与基座比较</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Welcome page</source>
   <translation>欢迎页</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Guided tour</source>
   <translation>导览</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Keyboard shortcuts...</source>
   <translation>键盘快捷键...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>Show the log</source>
   <translation>显示日志</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/actions.py" />
   <source>About HERA Desktop</source>
   <translation>关于 HERA Desktop</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/app.py" />
   <source>internal error: {kind}; details are in the log</source>
   <translation>内部错误：{kind}；详情见日志</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run is done: {done}</source>
   <translation>自动运行完成：{done}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run ended after {done}: {used} % of the budget is used, it was to stop at {limit} %</source>
   <translation>自动运行在 {done} 后结束：预算已用 {used} %，设定在 {limit} % 时停止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run ended after {done}: step {step} was rejected</source>
   <translation>自动运行在 {done} 后结束：第 {step} 步被拒绝</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run was stopped after {done}</source>
   <translation>自动运行在 {done} 后停止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run was cancelled after {done}; the last committed state stands</source>
   <translation>自动运行在 {done} 后被取消；最后提交的状态保持有效</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run ended after {done}: the next one failed</source>
   <translation>自动运行在 {done} 后结束：下一步失败</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>Auto-run ended after {done}: the queue is empty</source>
   <translation>自动运行在 {done} 后结束：队列已空</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>1 step</source>
   <translation>1 步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>{used} % of the budget is used already; auto-run is to stop at {limit} %</source>
   <translation>预算已用 {used} %；自动运行设定在 {limit} % 时停止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>The queue is empty; add the prompts that auto-run is to go through</source>
   <translation>队列是空的；请添加自动运行要用的提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>The prompt is empty; type the text that the step is about</source>
   <translation>提示词是空的；请输入这一步所针对的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run.py" />
   <source>{count} steps</source>
   <translation>{count} 步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Repeat the step until one of these conditions holds (F7)</source>
   <translation>重复该步，直到满足以下条件之一 (F7)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>End after the running step (F7); Cancel stops it at once</source>
   <translation>在当前步结束后停止 (F7)；“取消”会立即停止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>How much of what the cumulative limits allow may be used, counted by the measure nearest to its limit</source>
   <translation>累积限值所允许的量最多可用多少，按最接近其限值的度量计算</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Auto-run</source>
   <translation>自动运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Repeat a step until a condition holds</source>
   <translation>重复一步，直到满足条件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Auto-run settings</source>
   <translation>自动运行设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>What is repeated</source>
   <translation>重复的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Repeat the prompt above, or go round the prompts of the queue</source>
   <translation>重复上方的提示词，或循环使用队列中的提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Steps</source>
   <translation>步数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Stop at budget</source>
   <translation>预算达到时停止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Budget in percent</source>
   <translation>预算百分比</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Stop at first rejection</source>
   <translation>首次被拒绝时停止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Start</source>
   <translation>开始</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Auto-run progress</source>
   <translation>自动运行进度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>stops after this step</source>
   <translation>此步之后停止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>the prompt</source>
   <translation>该提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>the queue</source>
   <translation>队列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Steps at most, 1 to 10,000</source>
   <translation>最多步数，1 到 10,000</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Stop auto-run</source>
   <translation>停止自动运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>open</source>
   <translation>展开</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>closed</source>
   <translation>收起</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>step {step} of {steps}</source>
   <translation>第 {step} 步，共 {steps} 步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>Repeat</source>
   <translation>重复</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>steps</source>
   <translation>步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/auto_run_form.py" />
   <source>budget {share} %</source>
   <translation>预算 {share} %</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/block_list.py" />
   <source>Block '{part}' is not a block number; type one such as 7, or several as 7, 8</source>
   <translation>块“{part}”不是块号；请输入一个如 7，或多个如 7, 8</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/block_list.py" />
   <source>Block {block} is out of range: {model} has blocks 0 to {last}</source>
   <translation>块 {block} 超出范围：{model} 的块为 0 到 {last}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/block_list.py" />
   <source>Block {block} is named twice; each block is edited once</source>
   <translation>块 {block} 写了两次；每个块只编辑一次</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>(cumulative value - neutral) / (cumulative limit - neutral), of the measure nearest to its limit</source>
   <translation>(累积值 - 中性值) / (累积限值 - 中性值)，取最接近其限值的度量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>0 % is the base; from 100 % on, steps are refused. Rolling back gives budget back.</source>
   <translation>0 % 即基座；达到 100 % 后各步都会被拒绝。回滚可释放预算。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>An edit has taken {percent} % of the room for {measure}: at that, about {count} more fit.</source>
   <translation>每次编辑平均占去{measure}余地的 {percent} %：照此还可容纳约 {count} 次。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>The limit for {measure} is reached: no more edits fit.</source>
   <translation>{measure}已达到限值：不能再容纳编辑。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>budget</source>
   <translation>预算</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>edits</source>
   <translation>编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>Budget</source>
   <translation>预算</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>measuring</source>
   <translation>测量中</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>over</source>
   <translation>超限</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>The budget of the present state is being measured.</source>
   <translation>正在测量当前状态的预算。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>{percent} % of the budget is used; nearest to its limit is {measure}.</source>
   <translation>预算已用 {percent} %；最接近限值的是{measure}。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>{percent} % of the budget is used, close to the limit: {measure}.</source>
   <translation>预算已用 {percent} %，接近限值：{measure}。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>{percent} % of the budget is used, over the limit: {measure}.</source>
   <translation>预算已用 {percent} %，超过限值：{measure}。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>none left</source>
   <translation>没有余地</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>no estimate</source>
   <translation>无法估计</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>Over the limit: {measure} against the base is not finite.</source>
   <translation>超过限值：相对基座的{measure}不是有限值。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/budget_gauge.py" />
   <source>about {count} more</source>
   <translation>约还可 {count} 次</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>Learn this?</source>
   <translation>学习这条内容？</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>Send the message and learn from it: a step on the timeline, which Undo takes back (Enter)</source>
   <translation>发送消息并从中学习：这是时间线上的一步，可用撤销收回（Enter）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>Send the message without learning from it (Esc)</source>
   <translation>发送消息但不学习（Esc）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>a fact</source>
   <translation>一个事实</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>a question</source>
   <translation>一个问题</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>neither a fact nor a question</source>
   <translation>既非事实也非问题</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>message</source>
   <translation>消息</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>subject</source>
   <translation>主语</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>relation</source>
   <translation>关系</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>object</source>
   <translation>宾语</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>confidence</source>
   <translation>置信度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>pattern</source>
   <translation>模式</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>Learn</source>
   <translation>学习</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>Don't learn</source>
   <translation>不学习</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/ask_view.py" />
   <source>What would be learned</source>
   <translation>将要学习的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/composer.py" />
   <source>Say something, or tell a fact</source>
   <translation>说点什么，或告诉模型一个事实</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/composer.py" />
   <source>Send the message (Enter or Ctrl+Enter; Shift+Enter is a new line)</source>
   <translation>发送消息（Enter 或 Ctrl+Enter；Shift+Enter 换行）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/composer.py" />
   <source>Stop what is running (Esc)</source>
   <translation>停止正在运行的任务 (Esc)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/composer.py" />
   <source>Another version of the message above; the old one stays.</source>
   <translation>上面那条消息的另一个版本；旧的保留。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/composer.py" />
   <source>Message</source>
   <translation>消息</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/composer.py" />
   <source>Send</source>
   <translation>发送</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/composer.py" />
   <source>How the model answers</source>
   <translation>模型如何回答</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/composer.py" />
   <source>Conversation</source>
   <translation>对话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/composer.py" />
   <source>Leave it as it was</source>
   <translation>保持原样</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/composer.py" />
   <source>Do not send another version (Esc)</source>
   <translation>不发送另一个版本（Esc）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/conversation.py" />
   <source>Copy the selection</source>
   <translation>复制所选内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/conversation_menu.py" />
   <source>Conversation (*.json);;All files (*)</source>
   <translation>对话 (*.json);;所有文件 (*)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/conversation_menu.py" />
   <source>New conversation</source>
   <translation>新建对话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/conversation_menu.py" />
   <source>Conversations</source>
   <translation>全部对话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/conversation_menu.py" />
   <source>Save the conversation...</source>
   <translation>保存对话...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/conversation_menu.py" />
   <source>Load a conversation...</source>
   <translation>加载对话...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/conversation_menu.py" />
   <source>Export the adapter...</source>
   <translation>导出适配器...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/conversation_menu.py" />
   <source>Save the conversation</source>
   <translation>保存对话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/conversation_menu.py" />
   <source>Load a conversation</source>
   <translation>加载对话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/conversation_menu.py" />
   <source>Export the adapter to a folder</source>
   <translation>将适配器导出到文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves.py" />
   <source>Click: pick; wheel: zoom; drag: move; right click: save.</source>
   <translation>单击：选取；滚轮：缩放；拖动：平移；右键：保存。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves.py" />
   <source>not finite</source>
   <translation>非有限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves.py" />
   <source>cumulative limit {limit}</source>
   <translation>累积限值 {limit}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_lessons.py" />
   <source>lesson {place}:</source>
   <translation>第 {place} 课：</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_lessons.py" />
   <source>Loss, nats</source>
   <translation>损失，nat</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_lessons.py" />
   <source>KL on anchors, nats</source>
   <translation>锚点上的 KL，nat</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_lessons.py" />
   <source>Perplexity ratio, x</source>
   <translation>困惑度比，倍</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_lessons.py" />
   <source>Task loss at the last step of each lesson, in nats</source>
   <translation>每一课最后一步的任务损失，单位 nat</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_lessons.py" />
   <source>Divergence from the base on general questions after each lesson, in nats</source>
   <translation>每一课之后在一般问题上与基座的散度，单位 nat</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_lessons.py" />
   <source>Perplexity of the neutral texts over the base's, after each lesson; 1 is as before</source>
   <translation>每一课之后中性文本的困惑度与基座之比；1 表示没有变化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_lessons.py" />
   <source>loss</source>
   <translation>损失</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_lessons.py" />
   <source>KL</source>
   <translation>KL</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_lessons.py" />
   <source>PPL</source>
   <translation>PPL</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_survey.py" />
   <source>Share of the facts that were known when all of them were asked, over the turns</source>
   <translation>各轮次中，询问全部事实时已知事实所占的比例</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_survey.py" />
   <source>All facts were not asked yet; Ask all, in the panel of the facts, does it.</source>
   <translation>尚未询问全部事实；事实面板中的“全部询问”可以做到。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_survey.py" />
   <source>known</source>
   <translation>已知</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_survey.py" />
   <source>Still known</source>
   <translation>仍然知道</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_survey.py" />
   <source>turn {place}:</source>
   <translation>第 {place} 轮：</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_survey.py" />
   <source>turn</source>
   <translation>轮次</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_survey.py" />
   <source>share</source>
   <translation>占比</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_survey.py" />
   <source>state</source>
   <translation>状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_survey.py" />
   <source>time, UTC</source>
   <translation>时间，UTC</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_survey.py" />
   <source>Surveys</source>
   <translation>普查</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/curves_survey.py" />
   <source>{known} of {facts}</source>
   <translation>{known} / {facts}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_filter.py" />
   <source>Words of a fact, its subject, relation or object; every word must be found (/)</source>
   <translation>事实、主语、关系或宾语中的词；每个词都必须出现（/）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_filter.py" />
   <source>Ask the model about every fact in its present state; it adds a point to the curve of what is known</source>
   <translation>就每个事实询问处于当前状态的模型；这会在“仍然知道”曲线上增加一点</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_filter.py" />
   <source>all ({count})</source>
   <translation>全部（{count}）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_filter.py" />
   <source>known ({count})</source>
   <translation>已知（{count}）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_filter.py" />
   <source>lost ({count})</source>
   <translation>丢失（{count}）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_filter.py" />
   <source>contradicting ({count})</source>
   <translation>相互矛盾（{count}）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_filter.py" />
   <source>Search the facts</source>
   <translation>搜索事实</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_filter.py" />
   <source>Which facts are shown</source>
   <translation>显示哪些事实</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_filter.py" />
   <source>Ask all</source>
   <translation>全部询问</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>fact</source>
   <translation>事实</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>importance</source>
   <translation>重要性</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>told</source>
   <translation>告知</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>last turn</source>
   <translation>最近轮次</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>recall</source>
   <translation>回忆</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>Circle: known when last asked, cross: lost, hollow: not asked yet</source>
   <translation>圆点：上次询问时已知；叉：丢失；空心：尚未询问</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>The fact as it was told; a triangle marks one that contradicts another</source>
   <translation>告知时的事实原文；三角表示与另一事实矛盾</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>What repetition and recency make of it, less what it lost unseen; important facts are replayed</source>
   <translation>由重复次数和新近程度得出，减去久未出现的损失；重要的事实会被重放</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>How many times it was told</source>
   <translation>被告知的次数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>The turn in which it was told last</source>
   <translation>最近一次被告知的轮次</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>Right answers when it was last asked, one mark a question: circle right, cross wrong</source>
   <translation>上次询问时答对的数目，每个问题一个标记：圆点为对，叉为错</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_model.py" />
   <source>Contradicts another fact</source>
   <translation>与另一事实矛盾</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>It was not asked in this state yet; Ask again asks its questions now.</source>
   <translation>在当前状态下尚未询问；“再次询问”会立即提问。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>Its answers were not kept; Ask again asks its questions now.</source>
   <translation>没有保留它的回答；“再次询问”会立即提问。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>A lesson trained this form of the question; that it is answered right says least</source>
   <translation>某一课训练过这种问法；答对它最不说明问题</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>No lesson trained this form of the question</source>
   <translation>没有任何一课训练过这种问法</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>Select a fact to see its questions and answers.</source>
   <translation>选择一个事实以查看其问题和回答。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>right</source>
   <translation>对</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>wrong</source>
   <translation>错</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>trained</source>
   <translation>训练过</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>untrained</source>
   <translation>未训练</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>result</source>
   <translation>结果</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>question</source>
   <translation>问题</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>answer</source>
   <translation>回答</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>form</source>
   <translation>问法</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_phrasings.py" />
   <source>Questions about the fact</source>
   <translation>关于该事实的问题</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_table.py" />
   <source>Facts</source>
   <translation>事实</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_words.py" />
   <source>lost</source>
   <translation>丢失</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_words.py" />
   <source>not asked yet</source>
   <translation>尚未询问</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_words.py" />
   <source>told once</source>
   <translation>告知一次</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_words.py" />
   <source>in turn {turn}</source>
   <translation>于第 {turn} 轮</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_words.py" />
   <source>importance {value}</source>
   <translation>重要性 {value}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_words.py" />
   <source>Contradicts “{text}” (turn {turn})</source>
   <translation>与“{text}”矛盾（第 {turn} 轮）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_words.py" />
   <source>told {count} times</source>
   <translation>告知 {count} 次</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/facts_words.py" />
   <source>in turns {first} to {last}</source>
   <translation>于第 {first} 至 {last} 轮</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learned.py" />
   <source>recalled {right} of {asked}</source>
   <translation>答对 {right}/{asked}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learned.py" />
   <source>contradicts: {facts}</source>
   <translation>与之矛盾：{facts}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learned.py" />
   <source>{seconds:.1f} s</source>
   <translation>{seconds:.1f} 秒</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learned.py" />
   <source>a fact, not learned: {fact}</source>
   <translation>是事实，未学习：{fact}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learned.py" />
   <source>learned: {fact}</source>
   <translation>已学习：{fact}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learned.py" />
   <source>learned with a warning: {fact}</source>
   <translation>已学习，有警告：{fact}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learned.py" />
   <source>learned at {share} of the step: {fact}</source>
   <translation>以步长的 {share} 学习：{fact}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learned.py" />
   <source>not learned: {reason}</source>
   <translation>未学习：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learned.py" />
   <source>known already: {fact}</source>
   <translation>早已知道：{fact}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learned.py" />
   <source>nothing to learn: {reason}</source>
   <translation>没有可学习的内容：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learning_switch.py" />
   <source>Off</source>
   <translation>关闭</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learning_switch.py" />
   <source>Only talk: nothing is learned</source>
   <translation>只对话：什么也不学习</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learning_switch.py" />
   <source>Ask me</source>
   <translation>询问我</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learning_switch.py" />
   <source>Show what would be learned from a message, and learn it when you say so</source>
   <translation>显示将从消息中学到什么，经您同意后再学习</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learning_switch.py" />
   <source>Automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learning_switch.py" />
   <source>Learn every fact that is told; the immune system judges each lesson</source>
   <translation>学习告诉它的每个事实；每次学习由免疫系统裁决</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learning_switch.py" />
   <source>Learning</source>
   <translation>学习</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/learning_switch.py" />
   <source>Learning: {mode}</source>
   <translation>学习：{mode}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_beside.py" />
   <source>survival of earlier patches: {patches}</source>
   <translation>先前补丁的留存：{patches}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_beside.py" />
   <source>The change that each patch still makes on its own prompt, in shares of what it made when it was committed (JS divergence now / then); 1 is all of it</source>
   <translation>每个补丁在其自身提示词上仍产生的变化，占提交时变化的比例（JS 散度，现在 / 当时）；1 表示全部</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_beside.py" />
   <source>replayed: 1 fact</source>
   <translation>重放：1 个事实</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_beside.py" />
   <source>replayed: {count} facts</source>
   <translation>重放：{count} 个事实</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_data.py" />
   <source>learned</source>
   <translation>已学会</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_data.py" />
   <source>learned with a warning</source>
   <translation>已学会，但有警告</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_data.py" />
   <source>learned in part</source>
   <translation>部分学会</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_data.py" />
   <source>not learned</source>
   <translation>未学会</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_data.py" />
   <source>known already</source>
   <translation>早已知道</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_data.py" />
   <source>nothing to learn</source>
   <translation>没有可学的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>stability</source>
   <translation>稳定性</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>plasticity</source>
   <translation>可塑性</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>forgetting</source>
   <translation>遗忘</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>perplexity</source>
   <translation>困惑度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>exp of the mean surprise on the neutral texts</source>
   <translation>中性文本上平均意外度的指数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>perplexity drift</source>
   <translation>困惑度漂移</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>Standard deviation of the perplexity over the latest lessons; 0 is steady</source>
   <translation>最近各课困惑度的标准差；0 表示平稳</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>KL on anchors</source>
   <translation>锚点上的 KL</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>nats</source>
   <translation>nat</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>How far the answers to general questions have moved from the base; 0 is not at all</source>
   <translation>一般问题的回答偏离基座的程度；0 表示毫无偏离</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>recent loss</source>
   <translation>近期损失</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>Mean task loss at the end of the latest lessons</source>
   <translation>最近各课结束时的平均任务损失</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>improvement</source>
   <translation>改善</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>(old mean loss - new mean loss) / old mean loss, over the two halves of the latest lessons</source>
   <translation>（旧平均损失 − 新平均损失）/ 旧平均损失，取最近各课的前后两半</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>adaptation speed</source>
   <translation>适应速度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>nats a turn</source>
   <translation>nat/轮</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>Minus the slope of a straight line through the latest losses; above 0 they fall</source>
   <translation>最近损失拟合直线斜率的相反数；大于 0 表示损失在下降</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>still known</source>
   <translation>仍然知道</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>Share of the facts that were known when all were asked last</source>
   <translation>上次全部询问时已知事实的比例</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>regression</source>
   <translation>回退</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>Share known now minus share known at first; below 0 something was lost</source>
   <translation>现在已知的比例减去最初的比例；小于 0 表示有所丢失</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>forgetting rate</source>
   <translation>遗忘速率</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>a turn</source>
   <translation>每轮</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>Share of the facts that is lost with every turn</source>
   <translation>每一轮丢失的事实比例</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>accuracy</source>
   <translation>准确率</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>Mean share of right answers over all facts, as they were asked last: in a survey, else after the lesson</source>
   <translation>所有事实答对比例的平均值，取上次询问的结果：全部询问时的，否则为该课之后的</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>backward transfer</source>
   <translation>后向迁移</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>Share of right answers when asked again minus right after the lesson, mean over the facts that were asked again; below 0 later lessons harmed them</source>
   <translation>再次询问时的答对比例减去该课刚结束时的比例，对再次询问过的事实取平均；低于 0 表示后来的课损害了它们</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>kind</source>
   <translation>类别</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>measure</source>
   <translation>度量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>value</source>
   <translation>值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>unit</source>
   <translation>单位</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_measures.py" />
   <source>Running measures</source>
   <translation>运行指标</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_requests.py" />
   <source>state {hash} is not that of a step on the timeline, so there is nothing to roll back to</source>
   <translation>状态 {hash} 不对应时间线上的任何一步，因此无处可回滚</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_requests.py" />
   <source>Reading the chat</source>
   <translation>正在读取对话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_requests.py" />
   <source>Looking for the state</source>
   <translation>正在查找状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Forgotten: {text}; Undo brings it back</source>
   <translation>已忘记：{text}；撤销可恢复</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Forgotten: {text}; {count} steps were taken out, and every Undo brings one of them back</source>
   <translation>已忘记：{text}；取出了 {count} 步，每次撤销恢复其中一步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Forgotten in part: {text} ({reason})</source>
   <translation>部分忘记：{text}（{reason}）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Learned: {text}</source>
   <translation>已学会：{text}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Learned with a warning: {text}</source>
   <translation>已学会，但有警告：{text}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Learned in part: {text}</source>
   <translation>部分学会：{text}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Not learned: {text}</source>
   <translation>未学会：{text}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Known already: {text}</source>
   <translation>早已知道：{text}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Nothing to learn: {text}</source>
   <translation>没有可学的内容：{text}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Asked again: {right} of {asked} right for “{text}”</source>
   <translation>再次询问：“{text}”答对 {right} / {asked}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Asked all facts: {known} of {facts} are known</source>
   <translation>已询问全部事实：{facts} 个中知道 {known} 个</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Not forgotten: {reason}</source>
   <translation>未忘记：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>This contradicts what was told before: {facts}</source>
   <translation>这与先前告知的内容矛盾：{facts}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Left the memory, which is full: {facts}</source>
   <translation>记忆已满，移出：{facts}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Conversation saved as {path}</source>
   <translation>对话已保存为 {path}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>Conversation loaded from {path}</source>
   <translation>已从 {path} 载入对话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_sentences.py" />
   <source>The adapter is exported to {folder}</source>
   <translation>适配器已导出到 {folder}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_view.py" />
   <source>Each step of the lesson: task loss and KL from the base, in nats (left); probability of the object, in the worst form (right)</source>
   <translation>这一课的每一步：任务损失和与基座的 KL，单位 nat（左）；最差问法下宾语的概率（右）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_view.py" />
   <source>This lesson took no step.</source>
   <translation>这一课没有走任何一步。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_view.py" />
   <source>p</source>
   <translation>p</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_view.py" />
   <source>Lesson that is shown</source>
   <translation>显示的课</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_view.py" />
   <source>step {place}:</source>
   <translation>第 {place} 步：</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/lesson_view.py" />
   <source>{number}: {text}</source>
   <translation>{number}：{text}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_actions.py" />
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_actions.py" />
   <source>Copy the message's text</source>
   <translation>复制消息的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_actions.py" />
   <source>Say it otherwise; both versions stay</source>
   <translation>换个说法；两个版本都保留</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_actions.py" />
   <source>Answer again</source>
   <translation>重新回答</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_actions.py" />
   <source>Another answer; both stay</source>
   <translation>另一个回答；两个都保留</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_actions.py" />
   <source>Learn from it</source>
   <translation>从中学习</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_actions.py" />
   <source>Learn this message, or learn it again</source>
   <translation>学习这条消息，或再学一次</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_actions.py" />
   <source>Base against learned</source>
   <translation>基座与学习后对比</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_actions.py" />
   <source>Answer with the adapter off and as it is now, side by side</source>
   <translation>关闭适配器的回答与现在的回答，并排显示</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_actions.py" />
   <source>Roll back to this state</source>
   <translation>回滚到此状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_actions.py" />
   <source>To the state in which this was written</source>
   <translation>回到写下此消息时的状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_view.py" />
   <source>The state the model was in: {hash}
Click to copy</source>
   <translation>模型当时的状态：{hash}
点击复制</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_view.py" />
   <source>This message has {count} versions, each with what followed it</source>
   <translation>此消息有 {count} 个版本，各有其后续</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_view.py" />
   <source>Both answers are the same.</source>
   <translation>两个回答相同。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_view.py" />
   <source>What only one of them says is underlined.</source>
   <translation>仅其中一个所说的内容带下划线。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_view.py" />
   <source>hide</source>
   <translation>隐藏</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_view.py" />
   <source>You</source>
   <translation>您</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_view.py" />
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_view.py" />
   <source>with the adapter off</source>
   <translation>适配器关闭时</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/message_view.py" />
   <source>as it is now</source>
   <translation>现在</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>What the model reads before the conversation; empty: the chat template's own.
It is kept in the session.</source>
   <translation>模型在对话之前读到的内容；留空：聊天模板自带的。
它保存在会话中。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>The longest answer, in tokens</source>
   <translation>最长回答，以词元计</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>0 always takes the likeliest token; above it tokens are drawn, the flatter the higher it is</source>
   <translation>0 总是取最可能的词元；大于 0 时抽取词元，值越大分布越平</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>Tokens are drawn from the likeliest ones that together have this probability</source>
   <translation>从合计达到此概率的最可能词元中抽取</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>The same seed draws the same answer in the same state</source>
   <translation>在相同状态下，相同种子抽取相同的回答</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>System prompt</source>
   <translation>系统提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>the chat template's own</source>
   <translation>聊天模板自带的</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>Longest answer</source>
   <translation>最长回答</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>Temperature</source>
   <translation>温度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>Top-p</source>
   <translation>Top-p</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>Seed</source>
   <translation>种子</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>Longest</source>
   <translation>最长</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/settings_row.py" />
   <source>System</source>
   <translation>系统</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/token_heat.py" />
   <source>no weighting raises it</source>
   <translation>没有任何加权提高它</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/token_heat.py" />
   <source>How much a token counts in the loss: sum of weight x cross-entropy / sum of the weights</source>
   <translation>词元在损失中的分量：权重 × 交叉熵之和 / 权重之和</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/token_heat.py" />
   <source>part of a name, a number or a date</source>
   <translation>名称、数字或日期的一部分</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/token_heat.py" />
   <source>part of the fact's subject, relation or object</source>
   <translation>事实的主语、关系或宾语的一部分</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/token_heat.py" />
   <source>at the start or the end</source>
   <translation>位于开头或结尾</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/token_heat.py" />
   <source>said before in the text</source>
   <translation>前文中出现过</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/token_heat.py" />
   <source>Tokens of the lesson and their weights</source>
   <translation>这一课的词元及其权重</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/token_heat.py" />
   <source>Token weights</source>
   <translation>词元权重</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/token_heat.py" />
   <source>weight</source>
   <translation>权重</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/token_heat.py" />
   <source>{token}  weight {weight}</source>
   <translation>{token}  权重 {weight}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat/token_heat.py" />
   <source>every token weighs {weight}</source>
   <translation>每个词元的权重均为 {weight}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_desk.py" />
   <source>A job is running; wait for it or cancel it</source>
   <translation>有任务正在运行；请等待或取消</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_desk.py" />
   <source>No model is loaded yet</source>
   <translation>尚未加载模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_desk.py" />
   <source>The session is in the state of this message already</source>
   <translation>会话已处于这条消息的状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_requests.py" />
   <source>Talking</source>
   <translation>对话中</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_requests.py" />
   <source>Answering again</source>
   <translation>重新回答中</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_requests.py" />
   <source>Comparing the answers</source>
   <translation>比较回答</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_requests.py" />
   <source>Reading the message</source>
   <translation>读取消息</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_requests.py" />
   <source>Asking the fact again</source>
   <translation>重新询问该事实</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_requests.py" />
   <source>Asking all facts again</source>
   <translation>重新询问所有事实</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_requests.py" />
   <source>Forgetting</source>
   <translation>遗忘</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_requests.py" />
   <source>Saving the conversation</source>
   <translation>正在保存对话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_requests.py" />
   <source>Loading the conversation</source>
   <translation>正在加载对话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/chat_requests.py" />
   <source>Exporting the adapter</source>
   <translation>导出适配器</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/collapse_plot.py" />
   <source>After each edit the earlier ones are tested again in the state that it makes: whether the model still says the
target by itself, and what the target's least likely token is given. A curve that falls is a model that forgets.</source>
   <translation>每次编辑之后，都在其形成的状态中重新测试先前的编辑：模型是否仍会自行说出目标，
以及目标中最不可能的词元得到的概率。曲线下降表示模型在遗忘。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/collapse_plot.py" />
   <source>share of earlier edits still said freely</source>
   <translation>仍会自行说出的先前编辑的比例</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/collapse_plot.py" />
   <source>mean target probability</source>
   <translation>目标概率的平均值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/collapse_plot.py" />
   <source>step {step}: {said} of {count} earlier edits still said, mean target probability {mean}</source>
   <translation>第 {step} 步：{count} 个先前编辑中有 {said} 个仍会说出，目标概率平均 {mean}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/collapse_plot.py" />
   <source>Plot of the earlier edits that still hold, over the steps</source>
   <translation>仍然有效的先前编辑随各步的曲线</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/collapse_plot.py" />
   <source>step {step}: no earlier edit was tested</source>
   <translation>第 {step} 步：没有测试先前的编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/collapse_view.py" />
   <source>Earlier edits at the step</source>
   <translation>该步的先前编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/collapse_view.py" />
   <source>Earlier edits after each new one</source>
   <translation>每次新编辑之后的先前编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Measure both states on the probes, and on the prompt if there is one</source>
   <translation>在探针上测量两个状态；若有提示词，也在提示词上测量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Swap the states</source>
   <translation>交换两个状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Prompt that both states continue</source>
   <translation>两个状态共同续写的提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>A prompt that both states continue</source>
   <translation>供两个状态续写的提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Without a prompt, next tokens and texts are left out (Enter compares)</source>
   <translation>没有提示词时，不比较后续词元和文本（按 Enter 比较）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Text the features are read on</source>
   <translation>读取特征所用的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>A text to read the features on; empty: the prompt</source>
   <translation>读取特征所用的文本；留空则用提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Each feature's largest activation on this text in both states (Enter compares)</source>
   <translation>每个特征在该文本上于两个状态中的最大激活（按 Enter 比较）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Compare</source>
   <translation>比较</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>Stop comparing; the last comparison stays (Esc)</source>
   <translation>停止比较；保留上一次的比较 (Esc)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>State A</source>
   <translation>状态 A</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/choice_form.py" />
   <source>State B</source>
   <translation>状态 B</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Here are the features whose largest activation on a text differs most between the states.</source>
   <translation>这里列出在一段文本上的最大激活在两个状态间差异最大的特征。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>No text</source>
   <translation>没有文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Type a prompt, or a text for the features, and press Compare.</source>
   <translation>输入提示词或供特征读取的文本，然后按“比较”。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>No SAE</source>
   <translation>没有 SAE</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Train an SAE for this model, or choose one in the preferences.</source>
   <translation>为此模型训练一个 SAE，或在首选项中选择一个。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>No feature's largest activation on the text differs.</source>
   <translation>没有特征在该文本上的最大激活不同。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Each feature's largest activation on the text, its first token left out; double click opens its page</source>
   <translation>每个特征在该文本上的最大激活，不计首个词元；双击打开其页面</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>feature</source>
   <translation>特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>name</source>
   <translation>名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>B - A</source>
   <translation>B - A</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Features that differ</source>
   <translation>有差异的特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Double click a feature, or press Enter on it, to open its page</source>
   <translation>双击特征或在其上按 Enter，打开其页面</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Largest activation on the text</source>
   <translation>文本上的最大激活</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/features.py" />
   <source>Read on: {text}</source>
   <translation>读取文本：{text}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>This session has no probes.</source>
   <translation>此会话没有探针。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>Both states on each probe, B against A; the bar is the JS divergence</source>
   <translation>两个状态在每个探针上的结果，B 相对 A；条形为 JS 散度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>probe</source>
   <translation>探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>tags</source>
   <translation>标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>Probes, B against A</source>
   <translation>探针，B 相对 A</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/probes.py" />
   <source>Probes, B against A, the furthest first</source>
   <translation>探针，B 相对 A，差异最大者在前</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/side_header.py" />
   <source>measured on</source>
   <translation>测量文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/side_header.py" />
   <source>State hash of {letter}</source>
   <translation>{letter} 的状态哈希</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/side_header.py" />
   <source>{patches}, not the present state any more</source>
   <translation>{patches}，已不是当前状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/state_list.py" />
   <source>base: the model without any patch</source>
   <translation>基座：不带任何补丁的模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/state_list.py" />
   <source>now: the present state, {patches}</source>
   <translation>现在：当前状态，{patches}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/state_picker.py" />
   <source>Choose a state, or type a part of its patch, name or prompt</source>
   <translation>选择一个状态，或输入其补丁、名称或提示词的一部分</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>||dW||_F / ||W||_F of each matrix that is edited in either state, against the base's matrix; B - A is the norm of the difference, not the difference of the norms</source>
   <translation>任一状态中被编辑的每个矩阵的 ||dW||_F / ||W||_F，相对基座的矩阵；B - A 是差的范数，而非范数之差</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>The patches of both states were made with the same settings.</source>
   <translation>两个状态的补丁使用了相同的设置。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Neither state changes a matrix.</source>
   <translation>两个状态都没有改变矩阵。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Neither state has a patch.</source>
   <translation>两个状态都没有补丁。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>The settings that the patches of the states were made with, where they differ</source>
   <translation>两个状态的补丁所用设置中不同的部分</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>in both, in another order</source>
   <translation>两者都有，顺序不同</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>in both</source>
   <translation>两者都有</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>B against A</source>
   <translation>B 相对 A</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>limit</source>
   <translation>限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Measures over the probes</source>
   <translation>所有探针上的度量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>The cumulative limit; it is against the base</source>
   <translation>累积限值；相对基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Patches</source>
   <translation>补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Settings that differ</source>
   <translation>不同的设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Weight change</source>
   <translation>权重变化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>only in A</source>
   <translation>仅 A 有</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>only in B</source>
   <translation>仅 B 有</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>patches</source>
   <translation>补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>count</source>
   <translation>数量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>which</source>
   <translation>哪些</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>setting</source>
   <translation>设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>block</source>
   <translation>块</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>matrix</source>
   <translation>矩阵</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/summary.py" />
   <source>Weight change, ||dW|| / ||W||</source>
   <translation>权重变化，||dW|| / ||W||</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>No prompt</source>
   <translation>没有提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Here both states continue a prompt, with the differences marked, and their next tokens are compared.</source>
   <translation>两个状态在这里续写同一提示词，标出差异，并比较它们的后续词元。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Type a prompt above and press Compare.</source>
   <translation>在上方输入提示词，然后按“比较”。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>The texts are the same.</source>
   <translation>两段文本相同。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>The texts differ in one place; what only one of them says is underlined.</source>
   <translation>两段文本有一处不同；仅其中一段有的内容加下划线。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>The texts differ in {count} places; what only one of them says is underlined.</source>
   <translation>两段文本有 {count} 处不同；仅其中一段有的内容加下划线。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>The probability that each state gives to the token after the prompt</source>
   <translation>每个状态给提示词之后的词元的概率</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>token</source>
   <translation>词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>A, share</source>
   <translation>A，占比</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>B, share</source>
   <translation>B，占比</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Next tokens</source>
   <translation>后续词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Next token, probability</source>
   <translation>后续词元，概率</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Continuation in state A</source>
   <translation>状态 A 的续写</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/texts.py" />
   <source>Continuation in state B</source>
   <translation>状态 B 的续写</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>not set</source>
   <translation>未设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>JS</source>
   <translation>JS</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>drift</source>
   <translation>漂移</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>1 patch</source>
   <translation>1 个补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>no patch</source>
   <translation>没有补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>{count} patches</source>
   <translation>{count} 个补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>Compared {b} with {a}: {figures}</source>
   <translation>已比较 {b} 与 {a}：{figures}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>base</source>
   <translation>基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>now</source>
   <translation>现在</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>{patches} and {count} more</source>
   <translation>{patches}，另有 {count} 个</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare/words.py" />
   <source>{a} and {b} are the same state</source>
   <translation>{a} 与 {b} 是同一状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/compare_desk.py" />
   <source>Step {step} was rejected; there is no state to compare</source>
   <translation>第 {step} 步被拒绝；没有可比较的状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/configure_requests.py" />
   <source>Changing the settings</source>
   <translation>更改设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/configure_requests.py" />
   <source>Reading the settings</source>
   <translation>读取设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/controller.py" />
   <source>{count} prompts from {file} in the queue</source>
   <translation>{file} 中的 {count} 个提示词已加入队列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/controller.py" />
   <source>Session {name} is open in another window or program: here it can only be read; Save As makes a copy that can be changed</source>
   <translation>会话 {name} 已在另一个窗口或程序中打开：此处只能读取；“另存为”可生成可修改的副本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/controller.py" />
   <source>1 prompt from {file} in the queue</source>
   <translation>{file} 中的 1 个提示词已加入队列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/controller.py" />
   <source>Step {step} was rejected; there is no state to roll back to</source>
   <translation>第 {step} 步被拒绝；没有可回滚到的状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Inspect</source>
   <translation>检视</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Chat</source>
   <translation>聊天</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Experiments</source>
   <translation>实验</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Prompt and queue</source>
   <translation>提示词与队列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Before and after</source>
   <translation>前后对比</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Immune system</source>
   <translation>免疫系统</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Features</source>
   <translation>特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Lessons</source>
   <translation>学习记录</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Timeline</source>
   <translation>时间线</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Step and notes</source>
   <translation>步骤与备注</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Log and trace</source>
   <translation>日志与轨迹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/desk.py" />
   <source>Messages</source>
   <translation>消息</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>system</source>
   <translation>系统</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>Python is at</source>
   <translation>Python 位置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>data folder</source>
   <translation>数据文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>log file</source>
   <translation>日志文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>model</source>
   <translation>模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>device</source>
   <translation>设备</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/diagnostics.py" />
   <source>session</source>
   <translation>会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Versions and machine</source>
   <translation>版本与机器</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Licence</source>
   <translation>许可证</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Third-party notices</source>
   <translation>第三方声明</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Copy versions, machine and state as text</source>
   <translation>将版本、机器和状态复制为文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>A desktop lab for changing a live language model and staying in control.</source>
   <translation>一个桌面实验室：改变运行中的语言模型，并始终保持控制。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>What is being held</source>
   <translation>当前持有的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Versions</source>
   <translation>版本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>Machine</source>
   <translation>机器</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/about.py" />
   <source>File {name} does not come with this installation</source>
   <translation>此安装中没有文件 {name}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Include my prompts, notes and names</source>
   <translation>包含我的提示词、备注和名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Save...</source>
   <translation>保存...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Open log</source>
   <translation>打开日志</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Something went wrong</source>
   <translation>出了问题</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>What went wrong</source>
   <translation>出了什么问题</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Diagnostics</source>
   <translation>诊断信息</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Left out unless ticked: whatever you typed, and whatever stands in quotes in the log</source>
   <translation>不勾选则略去：您输入的一切，以及日志中引号内的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Copy the diagnostics, to paste them into a report</source>
   <translation>复制诊断信息，以便粘贴到报告中</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Open the log file with the system's own program</source>
   <translation>用系统自带的程序打开日志文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Diagnostics copied</source>
   <translation>诊断信息已复制</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Save diagnostics</source>
   <translation>保存诊断信息</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Text (*.txt)</source>
   <translation>文本 (*.txt)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>The last committed state stands. What is below helps to mend it; read it before you send it.</source>
   <translation>最后提交的状态保持有效。以下内容有助于修复；发送前请先阅读。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>Diagnostics saved in {path}</source>
   <translation>诊断信息已保存到 {path}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>There is no log file {path} yet</source>
   <translation>还没有日志文件 {path}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>File {path} cannot be written: {why}</source>
   <translation>文件 {path} 无法写入：{why}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/error.py" />
   <source>No program opens {path}; it is a text file</source>
   <translation>没有程序能打开 {path}；它是文本文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Not part of the present state, and written all the same: {patches}</source>
   <translation>不属于当前状态，但仍会写入：{patches}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>The whole state: the base, without a patch</source>
   <translation>整个状态：基座，没有补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>The whole state {state}: 1 patch</source>
   <translation>整个状态 {state}：1 个补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>The whole state {state}: {count} patches</source>
   <translation>整个状态 {state}：{count} 个补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Choose...</source>
   <translation>选择...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Result</source>
   <translation>结果</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Open folder</source>
   <translation>打开文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Export</source>
   <translation>导出</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Export patches or model</source>
   <translation>导出补丁或模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>What</source>
   <translation>内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Format</source>
   <translation>格式</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Where</source>
   <translation>位置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Nothing is overwritten: a name that is taken is refused</source>
   <translation>不会覆盖任何文件：已被占用的名称会被拒绝</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Choose where</source>
   <translation>选择位置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>The files are being written</source>
   <translation>正在写文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>There is no patch to export: the state is the base</source>
   <translation>没有可导出的补丁：状态就是基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Say where the files shall lie</source>
   <translation>请指定文件的位置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/export_patches.py" />
   <source>Writing the files...</source>
   <translation>正在写文件...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Patches that HERA Desktop exported (.safetensors with its .json), or a PEFT LoRA adapter (a folder)</source>
   <translation>HERA Desktop 导出的补丁（.safetensors 及其 .json），或 PEFT LoRA 适配器（文件夹）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Every patch is measured and judged like a step of its own; a rejected one is recorded and not applied.</source>
   <translation>每个补丁都像单独一步那样测量和裁决；被拒绝的会记录而不应用。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>It was made on another base. Its numbers say nothing about this one: the immune system decides</source>
   <translation>它是在另一基座上生成的。其数值对此基座没有意义：由免疫系统裁决</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>It does not say which weights it was made on: only the shapes are known to fit</source>
   <translation>它没有说明基于哪些权重：只知道形状相符</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Patch file of HERA Desktop</source>
   <translation>HERA Desktop 补丁文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>PEFT LoRA adapter</source>
   <translation>PEFT LoRA 适配器</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>committed as {patch}</source>
   <translation>已提交为 {patch}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>committed as {patch}, close to a limit</source>
   <translation>已提交为 {patch}，接近限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>rejected</source>
   <translation>被拒绝</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>File...</source>
   <translation>文件...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Folder...</source>
   <translation>文件夹...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Patch</source>
   <translation>补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Blocks</source>
   <translation>块</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Rank</source>
   <translation>秩</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Norm</source>
   <translation>范数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Outcome</source>
   <translation>结果</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Patches in the file</source>
   <translation>文件中的补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Whether it fits</source>
   <translation>是否相符</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Take it although it was made on another base</source>
   <translation>尽管在另一基座上生成，仍然采用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Nothing chosen yet</source>
   <translation>尚未选择</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Choose a file or a folder above</source>
   <translation>请在上方选择文件或文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Import</source>
   <translation>导入</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Import patch</source>
   <translation>导入补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>File or folder</source>
   <translation>文件或文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>a .safetensors file, or a folder with adapter_config.json</source>
   <translation>.safetensors 文件，或含有 adapter_config.json 的文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Choose a patch file</source>
   <translation>选择补丁文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Choose an adapter's folder</source>
   <translation>选择适配器的文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>The shapes fit; what the patch does to this base is measured before it is kept</source>
   <translation>形状相符；保留之前会测量补丁对此基座的作用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Kind</source>
   <translation>类型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Made on</source>
   <translation>生成于</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>From</source>
   <translation>来自</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>not said</source>
   <translation>未说明</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>The patches are being measured</source>
   <translation>正在测量补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Measuring the patches...</source>
   <translation>正在测量补丁...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Reading...</source>
   <translation>正在读取...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>Choose what to import first</source>
   <translation>请先选择要导入的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>It does not fit this model</source>
   <translation>它与此模型不符</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>It fits {model}</source>
   <translation>它与 {model} 相符</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>It does not fit {model}: {why}</source>
   <translation>它与 {model} 不符：{why}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/import_patches.py" />
   <source>It was made on another base; tick the box to take it all the same</source>
   <translation>它是在另一基座上生成的；勾选方框以仍然采用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>● changed, not applied yet    ○ differs from the default</source>
   <translation>● 已更改，尚未应用    ○ 与默认值不同</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Nothing to apply: the session is set as shown</source>
   <translation>没有可应用的更改：会话设置与所示一致</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Discard changes</source>
   <translation>放弃更改</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Reset page</source>
   <translation>重置本页</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Keep as my defaults</source>
   <translation>设为我的默认值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Preferences</source>
   <translation>首选项</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Search settings</source>
   <translation>搜索设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Pages</source>
   <translation>页面</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Window</source>
   <translation>窗口</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Show the session's settings again</source>
   <translation>重新显示会话的设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Set everything on this page to its default</source>
   <translation>将本页所有设置恢复为默认值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>New sessions begin with what is shown here; a session keeps its own settings</source>
   <translation>新会话以此处所示为起点；已有会话保留自己的设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>1 setting changed</source>
   <translation>已更改 1 项设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>No setting has these words in its name or description</source>
   <translation>没有设置的名称或说明含有这些词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Apply and reload the model</source>
   <translation>应用并重新加载模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Apply to this session</source>
   <translation>应用到此会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>Recorded in the session; undo takes it back</source>
   <translation>记录在会话中；可以撤销</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>{setting} cannot be used as it is</source>
   <translation>{setting}目前的值无法使用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/preferences.py" />
   <source>{count} settings changed</source>
   <translation>已更改 {count} 项设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>HTML</source>
   <translation>HTML</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>One page that any browser shows, without a network. Light and dark, and it prints.</source>
   <translation>任何浏览器都能显示的单个页面，无需网络。有浅色和深色，可打印。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>PDF</source>
   <translation>PDF</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Pages to send or to print, with page numbers and the state's hash.</source>
   <translation>可发送或打印的页面，带页码和状态哈希。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Markdown</source>
   <translation>Markdown</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Text for a repository or an issue; the drawings lie in a folder beside it.</source>
   <translation>用于代码仓库或议题的文本；图放在旁边的文件夹中。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>JSON</source>
   <translation>JSON</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Everything for another program; the table of proposals lies beside it as CSV.</source>
   <translation>供其他程序使用的全部内容；提案表以 CSV 放在旁边。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>CSV</source>
   <translation>CSV</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>The table of proposals alone, numbers in full.</source>
   <translation>仅提案表，数字完整。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>With texts: the last prompts continued in the base and in the present state</source>
   <translation>含文本：最近的提示词在基座和当前状态下的续写</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Open report</source>
   <translation>打开报告</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Export report</source>
   <translation>导出报告</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>30 tokens each, greedy, of at most 5 prompts; takes some seconds a prompt</source>
   <translation>最多 5 个提示词，每个 30 个词元，贪心解码；每个提示词需数秒</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Choose the file</source>
   <translation>选择文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Writing the report...</source>
   <translation>正在写报告...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>A model must be loaded and nothing be running</source>
   <translation>需要已加载模型且没有任务在运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Report written to {path}</source>
   <translation>报告已写入 {path}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/report.py" />
   <source>Cancelled; there is no new report</source>
   <translation>已取消；没有生成新报告</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>none</source>
   <translation>无</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>action</source>
   <translation>操作</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>shortcut</source>
   <translation>快捷键</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>default</source>
   <translation>默认</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Take away</source>
   <translation>移除</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Reset</source>
   <translation>重置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Reset all</source>
   <translation>全部重置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Keyboard shortcuts</source>
   <translation>键盘快捷键</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Search actions and keys</source>
   <translation>搜索操作和按键</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Actions and their shortcuts</source>
   <translation>操作及其快捷键</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Shortcut of the chosen action</source>
   <translation>所选操作的快捷键</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Press the keys; two in a row are possible, and after a second they hold</source>
   <translation>按下按键；可连续按两组，一秒后生效</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Leave the chosen action without a shortcut</source>
   <translation>让所选操作没有快捷键</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Give the chosen action its default shortcut</source>
   <translation>恢复所选操作的默认快捷键</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Give every action its default shortcut</source>
   <translation>恢复所有操作的默认快捷键</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>Bold: changed by you. Changes hold at once.</source>
   <translation>粗体：由您更改。更改立即生效。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dialogs/shortcuts.py" />
   <source>No action has these letters</source>
   <translation>没有操作含有这些字母</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dock_title.py" />
   <source>Float {panel}</source>
   <translation>浮动{panel}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dock_title.py" />
   <source>Close {panel}</source>
   <translation>关闭{panel}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>Opening the session</source>
   <translation>打开会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>Beginning a session</source>
   <translation>新建会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>Saving the session</source>
   <translation>保存会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>{name} is open in this window already</source>
   <translation>{name} 已在此窗口中打开</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>session {path} exists already; open it, or give another name</source>
   <translation>会话 {path} 已存在；请打开它，或另取名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/document_requests.py" />
   <source>{name} is the session that is open; it is on disk already</source>
   <translation>{name} 就是当前打开的会话；它已在磁盘上</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>HERA sessions (*.hera)</source>
   <translation>HERA 会话 (*.hera)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>All files (*)</source>
   <translation>所有文件 (*)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>{name} is open: state {state} proven, {held}</source>
   <translation>{name} 已打开：状态 {state} 已验证，{held}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>A new session is open; it is kept on disk from the first step on</source>
   <translation>新会话已打开；从第一步起保存在磁盘上</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>{name} is open to be read: state {state} proven, {held}</source>
   <translation>{name} 已以只读方式打开：状态 {state} 已验证，{held}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>A window holds one session; {name} is the one being opened</source>
   <translation>一个窗口只含一个会话；正在打开 {name}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>Save session as</source>
   <translation>会话另存为</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>Open session</source>
   <translation>打开会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>Saved as {path}: state {state} proven, {held}</source>
   <translation>已另存为 {path}：状态 {state} 已验证，{held}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>{name} (read-only)</source>
   <translation>{name}（只读）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/documents.py" />
   <source>{path} is no longer there; it was taken off the list</source>
   <translation>{path} 已不存在；已从列表中移除</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dose_plot.py" />
   <source>Against the share of the edit: what its target's least likely token is given, and how much of its step limit
each measure takes up. Ring: what was taken. Click a point, or drag the line, to choose another share.</source>
   <translation>横轴为采用编辑的比例：目标中最不可能的词元得到的概率，以及每项度量占用其单步限值的多少。
圆环：所采用的比例。单击一个点或拖动竖线可选择其他比例。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dose_plot.py" />
   <source>target probability</source>
   <translation>目标概率</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dose_plot.py" />
   <source>Plot of effect and damage over the share of the edit</source>
   <translation>效果与损害随编辑比例的曲线</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dose_plot.py" />
   <source>step limit</source>
   <translation>单步限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dose_plot.py" />
   <source>{target}; share of the step limit: {measures}</source>
   <translation>{target}；占单步限值的比例：{measures}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dose_view.py" />
   <source>Proposes the edit's patch again, times a factor, so that this share of the edit is in the model;
it is measured and judged like any step, and can be undone</source>
   <translation>将该编辑的补丁乘以一个系数再次提出，使模型中含有编辑的这一比例；
它像任何一步一样被测量和裁决，并且可以撤销</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dose_view.py" />
   <source>{now} of the edit is in the model now: that is this share.</source>
   <translation>模型中现有编辑的 {now}：正是这一比例。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dose_view.py" />
   <source>{now} of the edit is in the model now; this proposes {patch} again, times {factor}.</source>
   <translation>模型中现有编辑的 {now}；将再次提出 {patch}，乘以 {factor}。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dose_view.py" />
   <source>Use this share</source>
   <translation>采用此比例</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dose_view.py" />
   <source>Share of the edit</source>
   <translation>编辑的比例</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/dose_view.py" />
   <source>How much of the edit is to be in the model; 100 % is the whole edit</source>
   <translation>模型中应含有编辑的多少；100 % 为整个编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_details.py" />
   <source>safe</source>
   <translation>安全</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_details.py" />
   <source>warning</source>
   <translation>警告</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_details.py" />
   <source>Edited: it should continue with &lt;b&gt;{target}&lt;/b&gt;, about &lt;b&gt;{subject}&lt;/b&gt;; {share} of the edit</source>
   <translation>已编辑：应接续为 &lt;b&gt;{target}&lt;/b&gt;，主语为 &lt;b&gt;{subject}&lt;/b&gt;；采用编辑的 {share}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_details.py" />
   <source>before the edit</source>
   <translation>编辑之前</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_details.py" />
   <source>yes</source>
   <translation>是</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_details.py" />
   <source>no</source>
   <translation>否</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Steering</source>
   <translation>引导</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Proposing an edit</source>
   <translation>提出编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Committing the edit</source>
   <translation>提交编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Dropping the proposal</source>
   <translation>放弃提案</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Building the atlas</source>
   <translation>构建图谱</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>Training the SAE</source>
   <translation>训练 SAE</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_requests.py" />
   <source>no proposal is waiting; propose the edit again</source>
   <translation>没有等待中的提案；请重新提出编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>{strategy}, strength {strength:g}, block {block}, rank {rank}, norm {norm:.3g} · worst probe: {probe} · measured on state {state}</source>
   <translation>{strategy}，强度 {strength:g}，块 {block}，秩 {rank}，范数 {norm:.3g} · 最差探针：{probe} · 在状态 {state} 上测量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>Proposed, safe: {reason}; nothing is committed yet</source>
   <translation>提案，安全：{reason}；尚未提交</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>Proposed, safe, with a warning: {reason}; nothing is committed yet</source>
   <translation>提案，安全但有警告：{reason}；尚未提交</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>Proposed, rejected: {reason}; nothing is committed yet</source>
   <translation>提案，被拒绝：{reason}；尚未提交</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>The proposal is dropped; the last committed state stands</source>
   <translation>提案已放弃；最后提交的状态保持有效</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>The atlas is built: {path}</source>
   <translation>图谱已构建：{path}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/edit_sentences.py" />
   <source>The SAE is trained and lies in {folder}</source>
   <translation>SAE 已训练好，位于 {folder}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/example_runner.py" />
   <source>The example is done; it is in the session {name}, which you can keep with Save As</source>
   <translation>示例已完成；它在会话 {name} 中，可用“另存为”保留</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiment_desk.py" />
   <source>Experiment {title} has finished</source>
   <translation>实验“{title}”已完成</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiment_desk.py" />
   <source>Experiment {title} was stopped; what was measured stays</source>
   <translation>实验“{title}”已停止；已测得的结果会保留</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiment_desk.py" />
   <source>Experiment {title} has failed: {sentence}</source>
   <translation>实验“{title}”失败：{sentence}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiment_desk.py" />
   <source>Import an outcome</source>
   <translation>导入结果</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiment_desk.py" />
   <source>Experiment: {title}</source>
   <translation>实验：{title}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiment_desk.py" />
   <source>Outcomes (*.json)</source>
   <translation>结果 (*.json)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiment_desk.py" />
   <source>The run was moved to {path}; Import brings it back</source>
   <translation>该次运行已移到 {path}；用“导入”可以恢复</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiment_desk.py" />
   <source>The run has no place to write to: {reason}</source>
   <translation>该次运行没有可写入的位置：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiment_desk.py" />
   <source>{file} cannot be removed: {reason}</source>
   <translation>无法移除 {file}：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/chooser.py" />
   <source>No run of this experiment yet.</source>
   <translation>此实验尚无运行记录。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/chooser.py" />
   <source>Runs</source>
   <translation>运行记录</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/chooser.py" />
   <source>Import...</source>
   <translation>导入...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/chooser.py" />
   <source>Take in an outcome that was written elsewhere with --out</source>
   <translation>导入在别处用 --out 写出的结果</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/chooser.py" />
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/chooser.py" />
   <source>Move the run to the folder of removed ones</source>
   <translation>将该次运行移到已移除文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/chooser.py" />
   <source>experiment</source>
   <translation>实验</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/chooser.py" />
   <source>last run</source>
   <translation>上次运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/chooser.py" />
   <source>time</source>
   <translation>时间</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/chooser.py" />
   <source>settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/export.py" />
   <source>HTML page</source>
   <translation>HTML 页面</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/export.py" />
   <source>Tables as CSV</source>
   <translation>表格（CSV）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/export.py" />
   <source>JSON document</source>
   <translation>JSON 文档</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/export.py" />
   <source>Export the outcome</source>
   <translation>导出结果</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/form.py" />
   <source>Without this, your own defaults hold, as on the command line.</source>
   <translation>不勾选时使用您自己的默认值，与命令行相同。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/form.py" />
   <source>Measure with the model and the settings of the open session</source>
   <translation>使用当前会话的模型和设置进行测量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/form.py" />
   <source>More of the configuration</source>
   <translation>更多配置项</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/form.py" />
   <source>section.key=value, separated by spaces, such as edits.strategy=null_space experiment.seed=7</source>
   <translation>section.key=value，以空格分隔，例如 edits.strategy=null_space experiment.seed=7</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/form.py" />
   <source>section.key=value</source>
   <translation>section.key=value</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/form.py" />
   <source>Settings of the experiment</source>
   <translation>实验的设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/form.py" />
   <source>Records or prompts (*.json *.yaml *.yml)</source>
   <translation>记录或提示词 (*.json *.yaml *.yml)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/outcome_pages.py" />
   <source>Tables</source>
   <translation>表格</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/outcome_pages.py" />
   <source>Plots</source>
   <translation>图表</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/outcome_pages.py" />
   <source>Remarks</source>
   <translation>说明</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/outcome_pages.py" />
   <source>Settings of this run</source>
   <translation>该次运行的设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/outcome_plot.py" />
   <source>Point at a mark to read it; wheel (once clicked): zoom; drag: move; 0: all; right click: save.</source>
   <translation>指向标记可读取其数值；滚轮（点击后）：缩放；拖动：移动；0：全部；右键：保存。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/outcome_plot.py" />
   <source>Plot {title}: {y} against {x}</source>
   <translation>图表 {title}：{y} 随 {x} 的变化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/outcome_table.py" />
   <source>Copy table</source>
   <translation>复制表格</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/outcome_table.py" />
   <source>Copy the table, tabs between its cells, for a spreadsheet</source>
   <translation>复制表格，单元格以制表符分隔，可粘贴到电子表格</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/outcome_table.py" />
   <source>Copy table {title}</source>
   <translation>复制表格 {title}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/outcome_table.py" />
   <source>Table {title} is on the clipboard</source>
   <translation>表格 {title} 已复制到剪贴板</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/outcome_table.py" />
   <source>{column}. Click: sort by it</source>
   <translation>{column}。点击：按此列排序</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/plot_view.py" />
   <source>Show all</source>
   <translation>显示全部</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/plot_view.py" />
   <source>The point that is read</source>
   <translation>所读取的点</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/plot_view.py" />
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/plot_view.py" />
   <source>Save the plot {title}</source>
   <translation>保存图表 {title}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>Run it with these settings, in a process of its own: it loads a model beside the one that is open</source>
   <translation>以这些设置在独立进程中运行：除已打开的模型外会另外加载一个模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>A look of a minute or two: the experiment sets its own small sizes</source>
   <translation>一两分钟的快速查看：由实验自行设定较小的规模</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>Go on where the chosen run was stopped, with the settings that it had</source>
   <translation>以原有设置从所选运行停止之处继续</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>End the run; what was measured stays, and Resume goes on from it</source>
   <translation>结束运行；已测得的结果会保留，可用“继续”接着进行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>The run is asked to end after what it is at. Pressed again, it is ended at once.</source>
   <translation>已要求运行在完成当前步骤后结束。再按一次则立即结束。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>Choose a run that was stopped before its end</source>
   <translation>请选择一个中途停止的运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>starting the process</source>
   <translation>正在启动进程</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>An experiment is running; one runs at a time</source>
   <translation>有实验正在运行；一次只能运行一个</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>Quick look</source>
   <translation>快速查看</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>Resume</source>
   <translation>继续</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>Export...</source>
   <translation>导出...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>Write this outcome as HTML, PDF, Markdown, CSV or JSON</source>
   <translation>将此结果写成 HTML、PDF、Markdown、CSV 或 JSON</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>Copy the command</source>
   <translation>复制命令</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>The same in a terminal</source>
   <translation>终端中的等效命令</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>Progress of the experiment</source>
   <translation>实验进度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>Stop at once</source>
   <translation>立即停止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/run_bar.py" />
   <source>The command is on the clipboard</source>
   <translation>命令已复制到剪贴板</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/runner.py" />
   <source>The experiment cannot be started: {reason}</source>
   <translation>无法启动实验：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/runner.py" />
   <source>The experiment ended with status {status} and said nothing; try the command in a terminal</source>
   <translation>实验以状态 {status} 结束且未给出说明；请在终端中尝试该命令</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/runs.py" />
   <source>{file} cannot be read: {reason}</source>
   <translation>无法读取 {file}：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>as by default</source>
   <translation>均为默认值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>Target edits</source>
   <translation>目标编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>The immune system as a classifier</source>
   <translation>作为分类器的免疫系统</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>Stability over many steps</source>
   <translation>多步稳定性</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>Features and effects</source>
   <translation>特征与效果</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>Comparison with fine-tuning and LoRA</source>
   <translation>与微调和 LoRA 的比较</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>Scaling</source>
   <translation>规模扩展</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>Search for settings</source>
   <translation>设置搜索</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>Make prompts continue with a new object: does it take, what does it spoil, strategy by strategy.</source>
   <translation>让提示词以新的宾语续写：是否奏效、损害了什么，逐个策略比较。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>Good and destructive edits: which are let through and which are refused, with the ROC curve.</source>
   <translation>良好与破坏性的编辑：哪些被放行、哪些被拒绝，并给出 ROC 曲线。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>Evolve on diverse prompts step after step, with interventions: do the measures stay within limits?</source>
   <translation>在多样的提示词上逐步演化并加入干预：各项指标是否保持在限值之内？</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>Which features fired, which weights changed, what changed in meaning; which features belong to which domain.</source>
   <translation>哪些特征被激活、哪些权重改变、含义有何变化；哪些特征属于哪个领域。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>The same facts learned by every strategy: speed, accuracy, stability, cost and memory.</source>
   <translation>各策略学习相同的事实：速度、准确度、稳定性、成本与内存。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>What a step costs and does as the model, the SAE, the learning rate and the limits grow.</source>
   <translation>随着模型、SAE、学习率和限值增大，一步的成本与作用如何变化。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>Try settings within ranges: which have much effect and do little damage, with the Pareto front.</source>
   <translation>在范围内尝试各种设置：哪些效果大而损害小，并给出帕累托前沿。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>finished</source>
   <translation>已完成</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>stopped</source>
   <translation>已停止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>nothing yet</source>
   <translation>尚无结果</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>running</source>
   <translation>运行中</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/experiments/words.py" />
   <source>{time}, {state}: {settings}</source>
   <translation>{time}，{state}：{settings}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/export_formats.py" />
   <source>Factors as .safetensors, and beside them .json: every patch by itself, with its prompt, note, settings and measures. Import patch reads it back, bit for bit.</source>
   <translation>因子存为 .safetensors，旁边有 .json：每个补丁单独保存，附其提示词、备注、设置和度量。“导入补丁”可逐位读回。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/export_formats.py" />
   <source>A folder that transformers and peft load without this program: the patches added up. Import patch reads it back as one patch.</source>
   <translation>transformers 和 peft 无需本程序即可加载的文件夹：各补丁相加。“导入补丁”将其作为一个补丁读回。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/export_formats.py" />
   <source>Merged checkpoint</source>
   <translation>合并后的检查点</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/export_formats.py" />
   <source>A folder with the whole model and its tokenizer, the change added to the weights; transformers loads it. It takes as much room as the model, {size}, and cannot be read back as patches.</source>
   <translation>含整个模型及其分词器的文件夹，更改已加入权重；transformers 可加载。占用空间与模型相同（{size}），不能作为补丁读回。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/export_formats.py" />
   <source>{names} and {count} more</source>
   <translation>{names}，另有 {count} 个</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/export_formats.py" />
   <source>Patch {names}</source>
   <translation>补丁 {names}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/export_formats.py" />
   <source>Patches {names}</source>
   <translation>补丁 {names}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_controller.py" />
   <source>The text is empty; type or paste the text to read</source>
   <translation>文本是空的；请输入或粘贴要读取的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_desk.py" />
   <source>Committed as {patch}; it stands on the timeline.</source>
   <translation>已提交为 {patch}；已记入时间线。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_desk.py" />
   <source>Recorded as rejected; the model stays as it is.</source>
   <translation>已记录为被拒绝；模型保持不变。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_desk.py" />
   <source>Dropped; the model stays as it is.</source>
   <translation>已放弃；模型保持不变。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_desk.py" />
   <source>Cancelled; no atlas was left.</source>
   <translation>已取消；没有留下图谱。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_requests.py" />
   <source>Opening the features</source>
   <translation>打开特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_requests.py" />
   <source>Reading the text</source>
   <translation>读取文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_requests.py" />
   <source>Reading the feature</source>
   <translation>读取特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_requests.py" />
   <source>Keeping the label</source>
   <translation>保存标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/feature_requests.py" />
   <source>Importing names</source>
   <translation>导入名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>activation</source>
   <translation>激活</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>strongest feature</source>
   <translation>最强特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>token {position}  '{token}'</source>
   <translation>词元 {position}  “{token}”</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>no feature's page is open</source>
   <translation>没有打开的特征页面</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>at {token}</source>
   <translation>在 {token}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>Feature {feature}</source>
   <translation>特征 {feature}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>feature {feature}</source>
   <translation>特征 {feature}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>{what} does not fire here</source>
   <translation>{what}在此不激活</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/browser.py" />
   <source>no feature fires here</source>
   <translation>没有特征在此激活</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>The atlas says what each feature is about: the texts on which it fires most, how often and how strongly it fires, the tokens it raises and lowers, a short name, and its neighbours. It is made once, by running text through the base, and kept beside the SAE.</source>
   <translation>图谱说明每个特征关于什么：它在哪些文本上激活最强，激活的频率和强度，它提高和降低哪些词元，一个简短名称，以及邻近特征。图谱只需用基座跑一遍文本即可生成，保存在 SAE 旁边。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Add the text it is built from: some megabytes of what you want the features' examples to come from.</source>
   <translation>请添加用于构建的文本：数兆字节您希望作为特征示例来源的文本。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Run the text through the base and keep what every feature does</source>
   <translation>用基座跑一遍文本，并保存每个特征的表现</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>How much text is read, in tokens of the model. Rare features need more: 300,000 is a good start.</source>
   <translation>读取多少文本，以模型的词元计。罕见特征需要更多：300,000 是不错的起点。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>No atlas yet</source>
   <translation>还没有图谱</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Tokens to read</source>
   <translation>要读取的词元数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Build the atlas</source>
   <translation>构建图谱</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Stop; no atlas is left (Esc)</source>
   <translation>停止；不会留下图谱 (Esc)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Progress of the atlas</source>
   <translation>图谱进度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Build the atlas of {name} anew</source>
   <translation>重新构建 {name} 的图谱</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>{name} has no atlas yet</source>
   <translation>{name} 还没有图谱</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Starting</source>
   <translation>正在开始</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>({count:,} features)</source>
   <translation>（{count:,} 个特征）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/building.py" />
   <source>Tokens</source>
   <translation>词元数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/contexts.py" />
   <source>It never fired on the atlas' text, so there is nothing to show.</source>
   <translation>它在图谱文本上从未激活，因此没有可显示的内容。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/contexts.py" />
   <source>Top</source>
   <translation>最强</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/contexts.py" />
   <source>{count} contexts whose peak lies between {low:.2f} and {high:.2f}</source>
   <translation>{count} 个上下文，其峰值在 {low:.2f} 与 {high:.2f} 之间</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/contexts.py" />
   <source>Contexts in which the feature fires</source>
   <translation>特征激活的上下文</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/contexts.py" />
   <source>Range of activation</source>
   <translation>激活范围</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/contexts.py" />
   <source>activation {value:.3f}</source>
   <translation>激活 {value:.3f}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>last token</source>
   <translation>末词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>usual</source>
   <translation>通常</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>used</source>
   <translation>所用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>The feature's number in its SAE</source>
   <translation>特征在其 SAE 中的编号</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>Your name for it, an imported one, or the automatic one</source>
   <translation>您给的名称、导入的名称或自动名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>Activation at the last token of the prompt (norm of what the feature writes)</source>
   <translation>在提示词末词元处的激活（特征所写入内容的范数）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>Mean activation above zero in the atlas; stands in where the feature is not active on the prompt</source>
   <translation>图谱中大于零的激活的均值；特征在提示词上不激活时用它代替</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>What the proposal was computed with</source>
   <translation>计算提案时所用的值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>Features of the edit</source>
   <translation>编辑所用的特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/edit_list.py" />
   <source>not named</source>
   <translation>未命名</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Here stands what a feature fires on, what it writes into the model, and which features are near it.</source>
   <translation>这里显示特征对什么激活、向模型写入什么，以及哪些特征与它相近。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Choose a feature in the table, or click a token of a text that was read.</source>
   <translation>在表中选择一个特征，或点击已读取文本中的词元。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Page</source>
   <translation>页面</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>On my own text</source>
   <translation>我的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Steer</source>
   <translation>引导</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Parts of the feature's page</source>
   <translation>特征页面的各部分</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>Feature page</source>
   <translation>特征页面</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/feature_view.py" />
   <source>no figures without an atlas</source>
   <translation>没有图谱就没有数值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>The trainer's loss on the last batch, activations scaled to one mean norm</source>
   <translation>训练器在最近一批上的损失，激活按平均范数缩放为 1</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>L0, features a token</source>
   <translation>L0，每词元特征数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>Mean number of active features at a token, on the last batch</source>
   <translation>最近一批上每个词元平均激活的特征数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>explained variance</source>
   <translation>解释方差</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>1 - sum ||x - x_hat||^2 / sum ||x - mean x||^2 on the last batch; 1 is a perfect reconstruction</source>
   <translation>最近一批上的 1 - sum ||x - x_hat||^2 / sum ||x - mean x||^2；1 为完美重建</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>dead features, share</source>
   <translation>死特征占比</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>Share of features that have not fired for a while</source>
   <translation>有一段时间未激活的特征所占比例</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>Plot of {title} over the tokens seen</source>
   <translation>{title}随已见词元数的曲线</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/figure_plot.py" />
   <source>{formula}
Across: tokens seen</source>
   <translation>{formula}
横轴：已见词元数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Search names, tokens and contexts</source>
   <translation>搜索名称、词元和上下文</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Every word must begin a word of the name, the logit tokens or the top contexts; a number finds its feature</source>
   <translation>每个词都须是名称、logit 词元或主要上下文中某个词的开头；数字则查找该编号的特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>No feature matches</source>
   <translation>没有匹配的特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>The search, the pins and the density limit together leave nothing to show.</source>
   <translation>搜索、固定和密度限值合起来没有剩下可显示的特征。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Search for fewer letters, show more than the pinned ones, or raise the limit.</source>
   <translation>减少搜索字母，显示未固定的特征，或提高限值。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Pinned only</source>
   <translation>仅固定</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Import names...</source>
   <translation>导入名称...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Table as CSV...</source>
   <translation>表格存为 CSV...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Build the atlas again</source>
   <translation>重新构建图谱</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>Names and explanations from a Neuronpedia-style JSON export</source>
   <translation>来自 Neuronpedia 格式 JSON 导出的名称和解释</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>All features with their names, figures and notes</source>
   <translation>所有特征及其名称、数值和备注</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>More</source>
   <translation>更多</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>More: import, export, build, train</source>
   <translation>更多：导入、导出、构建、训练</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>{shown:,} of {all:,} features, {hidden:,} too dense</source>
   <translation>{shown:,} / {all:,} 个特征，{hidden:,} 个过密</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>{shown:,} of {all:,} features</source>
   <translation>{shown:,} / {all:,} 个特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/finder.py" />
   <source>{hidden:,} fire on more than {share} % of the tokens</source>
   <translation>{hidden:,} 个特征在超过 {share} % 的词元上激活</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/heat_legend.py" />
   <source>{what}, {least} to {maximum:.2f}</source>
   <translation>{what}，{least} 到 {maximum:.2f}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/heat_legend.py" />
   <source>The activation is the norm of what the feature writes into the residual stream</source>
   <translation>激活是特征写入残差流的内容的范数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/histogram.py" />
   <source>Histogram of the feature's activations</source>
   <translation>特征激活的直方图</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/histogram.py" />
   <source>Tokens on which the feature fires, by activation (square-root scale): {total:,} in all
Activation: norm of what the feature writes into the residual stream</source>
   <translation>特征激活的词元数，按激活分布（平方根刻度）：共 {total:,} 个
激活：特征写入残差流的内容的范数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Read a text above; here the feature is shown on it, in the base and in the model as it is edited now.</source>
   <translation>请在上方读取一段文本；这里会显示该特征在基座和当前编辑后的模型中于文本上的表现。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Waiting for the model...</source>
   <translation>等待模型...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Equal, bit for bit.</source>
   <translation>逐位相等。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>The feature fires on none of these tokens.</source>
   <translation>该特征在这些词元上都不激活。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Different: by up to {gap:.3f}, at token {number} '{token}' ({base:.3f} in the base, {edited:.3f} as edited).</source>
   <translation>不同：最多相差 {gap:.3f}，在词元 {number}“{token}”处（基座 {base:.3f}，编辑后 {edited:.3f}）。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>No patch is active: the model is the base.</source>
   <translation>没有生效的补丁：模型就是基座。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>||dᵀ U Vᵀ|| / ||U Vᵀ||: how much of what the patch writes lies along the feature's direction d</source>
   <translation>||dᵀ U Vᵀ|| / ||U Vᵀ||：补丁所写内容有多少沿着特征方向 d</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>The feature on the text, base</source>
   <translation>特征在文本上的表现，基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>The feature on the text, as edited now</source>
   <translation>特征在文本上的表现，当前编辑后</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Patches that wrote along this feature</source>
   <translation>沿此特征写入的补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>patch</source>
   <translation>补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>share, %</source>
   <translation>占比，%</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Patches along the feature</source>
   <translation>沿该特征的补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>Base</source>
   <translation>基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>As edited now</source>
   <translation>当前编辑后</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/own_text.py" />
   <source>As edited now, state {state}</source>
   <translation>当前编辑后，状态 {state}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>Tokens whose logit the feature's unit direction raises most, through the final norm and the unembedding</source>
   <translation>特征的单位方向经最终归一化和反嵌入后，logit 提高最多的词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>Tokens whose logit the feature's unit direction lowers most, through the final norm and the unembedding</source>
   <translation>特征的单位方向经最终归一化和反嵌入后，logit 降低最多的词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>Features whose decoder directions point the same way: cosine, 1 is the same direction</source>
   <translation>解码器方向相同的特征：余弦为 1 即方向相同</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>Features that fire on the same tokens: the share of this feature's tokens on which they fire, too</source>
   <translation>在相同词元上激活的特征：本特征激活的词元中，它们也激活的比例</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>density: share of the atlas' tokens on which the feature fires; mean and max: of its activations above zero
activation: norm of what the feature writes into the residual stream</source>
   <translation>密度：特征激活的词元占图谱词元的比例；均值和最大值：大于零的激活的均值和最大值
激活：特征写入残差流的内容的范数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>density {density:.3f} %   mean {mean:.2f}   max {max:.2f}</source>
   <translation>密度 {density:.3f} %   均值 {mean:.2f}   最大 {max:.2f}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>never fired on the atlas' text</source>
   <translation>在图谱文本上从未激活</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>raises</source>
   <translation>提高</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>lowers</source>
   <translation>降低</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>nearest features</source>
   <translation>最近特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>cosine</source>
   <translation>余弦</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>fire together</source>
   <translation>共同激活</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page.py" />
   <source>activations above zero</source>
   <translation>大于零的激活</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>yours</source>
   <translation>您的</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>imported</source>
   <translation>导入</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>You gave this name; it is kept in the session</source>
   <translation>名称由您给出；保存在会话中</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>The name comes from a file you imported</source>
   <translation>名称来自您导入的文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Made from the tokens on which the feature peaks and those it writes; type a better one</source>
   <translation>由特征峰值处的词元和它写入的词元生成；可输入更好的名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>The feature looked at before (Alt+Left)</source>
   <translation>之前查看的特征 (Alt+Left)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>The feature looked at after (Alt+Right)</source>
   <translation>之后查看的特征 (Alt+Right)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Name of the feature</source>
   <translation>特征名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>No name yet; type one</source>
   <translation>还没有名称；请输入</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Pin</source>
   <translation>固定</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Keep this feature among the pinned ones</source>
   <translation>将此特征保留在固定特征中</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Open this feature's page on neuronpedia.org in the browser</source>
   <translation>在浏览器中打开此特征在 neuronpedia.org 上的页面</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Save this page</source>
   <translation>保存此页</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Note on the feature</source>
   <translation>特征备注</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Add a note</source>
   <translation>添加备注</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Page as HTML...</source>
   <translation>页面存为 HTML...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Page as PNG...</source>
   <translation>页面存为 PNG...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/page_header.py" />
   <source>Open {url} in the browser</source>
   <translation>在浏览器中打开 {url}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Makes an edit out of features you chose. The immune system measures it before anything is committed.</source>
   <translation>用您选择的特征构成一次编辑。提交之前由免疫系统测量。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Tick features in the table.</source>
   <translation>请在表中勾选特征。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>The verdict appears here before anything is committed.</source>
   <translation>提交之前，裁决显示在这里。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>The model has changed since this was measured, from state {then} to {now}: propose it again.</source>
   <translation>测量之后模型已从状态 {then} 变为 {now}：请重新提出。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Put the edit on the timeline</source>
   <translation>将编辑记入时间线</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Keep the refusal on the timeline; the model stays as it is</source>
   <translation>将拒绝记入时间线；模型保持不变</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Forget the proposal; the model stays as it is</source>
   <translation>放弃提案；模型保持不变</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Safe</source>
   <translation>安全</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Safe, with a warning</source>
   <translation>安全，有警告</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Rejected</source>
   <translation>被拒绝</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Prompt of the edit</source>
   <translation>编辑的提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Propose</source>
   <translation>提出</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Compute and measure the edit; nothing is committed</source>
   <translation>计算并测量编辑；不提交</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Leave out</source>
   <translation>去掉</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Untick the selected features (Delete)</source>
   <translation>取消勾选所选特征 (Delete)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Commit</source>
   <translation>提交</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Drop</source>
   <translation>放弃</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Measuring the proposal; nothing is committed.</source>
   <translation>正在测量提案；尚未提交。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>No feature is ticked; tick one in the table.</source>
   <translation>没有勾选特征；请在表中勾选一个。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>The prompt is empty; the edit is keyed to its last token.</source>
   <translation>提示词是空的；编辑以其末词元为键。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>From feature to edit</source>
   <translation>从特征到编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Record as rejected</source>
   <translation>记录为被拒绝</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/proposal.py" />
   <source>Stopped; nothing was proposed.</source>
   <translation>已停止；没有提出任何编辑。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/relations.py" />
   <source>logit</source>
   <translation>logit</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/relations.py" />
   <source>id</source>
   <translation>编号</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Adds a feature's direction while the model writes, so that what the feature does can be read. Nothing is kept.</source>
   <translation>在模型生成时加入特征方向，以便看出该特征的作用。不保留任何更改。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Choose a feature in the table.</source>
   <translation>请在表中选择一个特征。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Generate the three texts (Enter in the prompt)</source>
   <translation>生成三段文本（在提示词中按 Enter）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>A preview also checks that strength 0 leaves the logits identical.</source>
   <translation>预览还会检查强度 0 是否使 logits 完全相同。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>The model has changed since this preview; preview again.</source>
   <translation>此预览之后模型已改变；请重新预览。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Text, base</source>
   <translation>文本，基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Text, edited</source>
   <translation>文本，编辑后</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Text, steered</source>
   <translation>文本，引导后</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Prompt to steer</source>
   <translation>要引导的提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Tokens to generate</source>
   <translation>生成的词元数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>How many tokens each of the three texts has</source>
   <translation>三段文本各有多少词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Preview</source>
   <translation>预览</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Generating; strength 0 is checked against no steering at all.</source>
   <translation>正在生成；同时对照无引导检查强度 0。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Steered</source>
   <translation>引导后</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>equal to the base now</source>
   <translation>目前与基座相同</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Type a prompt first</source>
   <translation>请先输入提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Prompt</source>
   <translation>提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Strength</source>
   <translation>强度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>At strength 0 the logits are identical: largest difference 0.</source>
   <translation>强度 0 时 logits 完全相同：最大差异为 0。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Stopped; the texts are incomplete.</source>
   <translation>已停止；文本不完整。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Steered, {strength}</source>
   <translation>引导后，{strength}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>Edited, {state}</source>
   <translation>编辑后，{state}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/steering.py" />
   <source>At strength 0 the logits differ by up to {difference:.2e}; they should be identical, so part of what is shown is not the feature's doing.</source>
   <translation>强度 0 时 logits 最多相差 {difference:.2e}；本应完全相同，因此所示内容有一部分不是该特征造成的。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>What is added at every token but the first: strength x the feature's unit direction, at the SAE's hook.
1.00 x max is as much as the feature itself wrote at its strongest; negative takes it away.</source>
   <translation>除首个词元外，在每个词元上加入：强度 × 特征的单位方向，位置为 SAE 的钩子。
1.00 × 最大值相当于特征自身最强时写入的量；负值则减去。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>Steering strength, slider</source>
   <translation>引导强度，滑块</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>Steering strength</source>
   <translation>引导强度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source> x max</source>
   <translation> × 最大</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>strength {strength:+.1f}</source>
   <translation>强度 {strength:+.1f}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>no atlas, no scale</source>
   <translation>无图谱，无刻度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>the feature's maximum is not known; build the atlas to have a scale</source>
   <translation>特征的最大值未知；构建图谱后才有刻度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>{share:+.2f} x max</source>
   <translation>{share:+.2f} × 最大</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strength_dial.py" />
   <source>absolute strength; the feature's maximum in the atlas is {maximum:.2f}</source>
   <translation>绝对强度；特征在图谱中的最大值为 {maximum:.2f}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/strip.py" />
   <source>Tokens of the text</source>
   <translation>文本的词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>density, %</source>
   <translation>密度，%</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>max</source>
   <translation>最大</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Pinned features; click to pin</source>
   <translation>固定的特征；点击以固定</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Ticked features take part in the edit (tab Edit); Space ticks</source>
   <translation>勾选的特征参与编辑（“编辑”标签页）；空格键勾选</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>The feature's number in the SAE</source>
   <translation>特征在 SAE 中的编号</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Your name, else the imported one, else the automatic one in italics</source>
   <translation>您给的名称，否则为导入的名称，再否则为自动名称（斜体）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Share of the atlas' tokens on which the feature fires, in %</source>
   <translation>特征激活的词元占图谱词元的比例，%</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Largest activation in the atlas (norm of what the feature writes)</source>
   <translation>图谱中的最大激活（特征所写入内容的范数）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>Largest activation on the text, or that at the picked token (norm of what the feature writes)</source>
   <translation>文本上的最大激活，或所选词元处的激活（特征所写入内容的范数）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>your name</source>
   <translation>您给的名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>imported name</source>
   <translation>导入的名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>automatic name</source>
   <translation>自动名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/table_model.py" />
   <source>no name yet</source>
   <translation>还没有名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Read a text to see which features fire on each of its tokens.</source>
   <translation>读取一段文本，查看每个词元上激活了哪些特征。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>The first token is left out: position 0 is an attention sink, its norm is many times larger than any other's
and its features say nothing about the text.</source>
   <translation>首个词元不计：位置 0 是注意力汇，其范数比其他位置大许多倍，
其特征不能说明文本内容。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Features that fire on a larger share of the atlas' tokens are left out (sae.max_density, % of tokens)</source>
   <translation>在图谱词元中激活比例更大的特征不显示（sae.max_density，占词元的 %）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>How dense the features are is known once there is an atlas</source>
   <translation>有图谱之后才知道特征的密度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Largest density</source>
   <translation>最大密度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Text to read</source>
   <translation>要读取的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Type or paste a text, and press Enter to read its features</source>
   <translation>输入或粘贴文本，按 Enter 读取其特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Read</source>
   <translation>读取</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Read the features of this text in the model as it is edited now (Enter)</source>
   <translation>在当前编辑后的模型中读取此文本的特征 (Enter)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Last prompt</source>
   <translation>上个提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>The prompt of the last step</source>
   <translation>最近一步的提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Generated</source>
   <translation>生成文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>The last prompt with the text generated after the step</source>
   <translation>最近的提示词，连同该步之后生成的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>density up to</source>
   <translation>密度上限</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_bar.py" />
   <source>Read: {tip}</source>
   <translation>读取：{tip}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Files and folders of .txt, .txt.gz or .md; drop them here, or use the buttons.</source>
   <translation>.txt、.txt.gz 或 .md 文件及文件夹；拖放到此处，或使用按钮。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>{name} is not text that is read here; it takes {kinds} or a folder.</source>
   <translation>{name} 不是这里可读取的文本；可用 {kinds} 或文件夹。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Add files...</source>
   <translation>添加文件...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Choose text files</source>
   <translation>选择文本文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Add folder...</source>
   <translation>添加文件夹...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Choose a folder; all text files in it and below are read</source>
   <translation>选择文件夹；读取其中及其下的所有文本文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Take the selected ones off the list (Delete)</source>
   <translation>将所选项从列表中移除 (Delete)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Add text files</source>
   <translation>添加文本文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Add a folder of text</source>
   <translation>添加文本文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>Text ({kinds});;All files (*)</source>
   <translation>文本 ({kinds});;所有文件 (*)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/text_choice.py" />
   <source>{path} does not exist.</source>
   <translation>{path} 不存在。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>{model} has no SAE, and without one there are no features to look at or to edit by.</source>
   <translation>{model} 没有 SAE，因而没有可查看或用于编辑的特征。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>A sparse autoencoder learns to write the model's activations as a sum of a few of many features.</source>
   <translation>稀疏自编码器 (SAE) 学习把模型的激活写成众多特征中少数几个之和。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Train on the base; cancelling leaves a checkpoint</source>
   <translation>在基座上训练；取消会留下检查点</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Go on with the unfinished training in this folder, with the settings it was started with</source>
   <translation>继续此文件夹中未完成的训练，沿用开始时的设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Cancelled after {tokens:,} tokens; its checkpoint can be resumed.</source>
   <translation>在 {tokens:,} 个词元后取消；可从检查点继续。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Train an SAE</source>
   <translation>训练 SAE</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Train</source>
   <translation>训练</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Stop, and leave a checkpoint (Esc)</source>
   <translation>停止，并留下检查点 (Esc)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Back to the features</source>
   <translation>返回特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Leave this page; a training goes on</source>
   <translation>离开此页；训练继续进行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>remark</source>
   <translation>说明</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>What will be trained</source>
   <translation>将要训练的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Use it</source>
   <translation>使用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Load the model anew with this SAE</source>
   <translation>用此 SAE 重新加载模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Progress of the training</source>
   <translation>训练进度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Resuming in {folder}</source>
   <translation>正在 {folder} 中继续</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Starting in {folder}</source>
   <translation>正在 {folder} 中开始</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Cancelled before there was a checkpoint.</source>
   <translation>在有检查点之前已取消。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>Cancelled; its checkpoint can be resumed.</source>
   <translation>已取消；可从检查点继续。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>{speed:,.0f} tokens/s</source>
   <translation>{speed:,.0f} 词元/秒</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training.py" />
   <source>{tokens:,} of {total:,} tokens</source>
   <translation>{tokens:,} / {total:,} 个词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>The SAE reads the residual stream after this block (blocks.N.hook_out)</source>
   <translation>SAE 读取此块之后的残差流 (blocks.N.hook_out)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>How many features the SAE has (d_sae)</source>
   <translation>SAE 有多少特征 (d_sae)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>How many features are active at a token</source>
   <translation>每个词元上有多少特征激活</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>What an active feature costs in the loss (l0_coefficient); larger means fewer are active</source>
   <translation>一个激活的特征在损失中的代价 (l0_coefficient)；越大则激活的越少</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>How many activations it learns from; the text starts over when it ends</source>
   <translation>从多少个激活学习；文本读完后从头再来</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Compute the SAE's products in bfloat16: up to four times faster where the processor has it</source>
   <translation>以 bfloat16 计算 SAE 的乘积：处理器支持时最多快四倍</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Block</source>
   <translation>块</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Width</source>
   <translation>宽度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>in bfloat16</source>
   <translation>用 bfloat16</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Folder of the SAE</source>
   <translation>SAE 的文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>a new folder</source>
   <translation>一个新文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Choose the folder the SAE is saved in, or one with an unfinished training</source>
   <translation>选择保存 SAE 的文件夹，或含有未完成训练的文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Architecture</source>
   <translation>架构</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Price of an active feature</source>
   <translation>激活特征的代价</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Text</source>
   <translation>文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Folder</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>{model} has blocks 0 to {last}</source>
   <translation>{model} 的块为 0 到 {last}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_form.py" />
   <source>Price</source>
   <translation>代价</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>fewer than the stream's dimensions; 4 to 16 times as many are usual</source>
   <translation>少于残差流的维数；通常为其 4 到 16 倍</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>TopK: exactly k features at every token</source>
   <translation>TopK：每个词元恰好 k 个特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>BatchTopK: k features a token on average</source>
   <translation>BatchTopK：平均每个词元 k 个特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>JumpReLU: a threshold for each feature</source>
   <translation>JumpReLU：每个特征有一个阈值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>width</source>
   <translation>宽度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>sparsity</source>
   <translation>稀疏度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>tokens</source>
   <translation>词元数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>text</source>
   <translation>文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>The folder holds an unfinished training; Resume goes on with it as it was started.</source>
   <translation>该文件夹含有未完成的训练；“继续”会按开始时的设置进行。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>folder</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>reads</source>
   <translation>读取</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>architecture</source>
   <translation>架构</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>{width:,} features, {times:.1f} x d_model {d_model}</source>
   <translation>{width:,} 个特征，{times:.1f} × d_model {d_model}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>k {k}, {percent:.1f} % of the features</source>
   <translation>k {k}，占特征的 {percent:.1f} %</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>only {each:.0f} tokens a feature; rare features stay untrained</source>
   <translation>每个特征只有 {each:.0f} 个词元；罕见特征将得不到训练</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>Add the text whose activations it learns from.</source>
   <translation>请添加要学习其激活的文本。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>Choose the folder it is saved in.</source>
   <translation>请选择保存的文件夹。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>price of an active feature {price:g}</source>
   <translation>激活特征的代价 {price:g}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>k {k} is too large; it must be below the width {width}</source>
   <translation>k {k} 太大；必须小于宽度 {width}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>{tokens:,}, first positions left out</source>
   <translation>{tokens:,}，不计开头位置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>This folder is not empty; the SAE needs a new one.</source>
   <translation>此文件夹不是空的；SAE 需要新文件夹。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>{hook_name}, without patches</source>
   <translation>{hook_name}，不带补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/training_plan.py" />
   <source>{folder} is a file; choose a new folder.</source>
   <translation>{folder} 是文件；请选择新文件夹。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>{level}: {value} {against}; a warning from {warn:.4g}, rejected over {limit:g}</source>
   <translation>{level}：{value}，{against}；从 {warn:.4g} 起警告，超过 {limit:g} 则拒绝</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>against the state before it</source>
   <translation>相对前一状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>against the base</source>
   <translation>相对基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>step</source>
   <translation>步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>cumulative</source>
   <translation>累积</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>{value} of {limit:g}</source>
   <translation>{value} / {limit:g}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>{value}, limit {limit:g}</source>
   <translation>{value}，限值 {limit:g}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/features/verdict_table.py" />
   <source>Measures of the proposal</source>
   <translation>提案的度量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>changed, not applied yet</source>
   <translation>已更改，尚未应用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>none given</source>
   <translation>未给出</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>differs from the default</source>
   <translation>与默认值不同</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>Reset {setting}</source>
   <translation>重置{setting}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>Back to the default, {value}</source>
   <translation>恢复默认值 {value}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>default: {value}</source>
   <translation>默认：{value}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms.py" />
   <source>It is {value_and_reason}</source>
   <translation>当前为 {value_and_reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>as the system</source>
   <translation>跟随系统</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>light</source>
   <translation>浅色</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>dark</source>
   <translation>深色</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>Show the welcome page at the start</source>
   <translation>启动时显示欢迎页</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>HERA_THEME decides in this run</source>
   <translation>本次运行由 HERA_THEME 决定</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>holds at once, plots included</source>
   <translation>立即生效，包括图表</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>Theme</source>
   <translation>主题</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>Language</source>
   <translation>语言</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_window.py" />
   <source>after the next start</source>
   <translation>下次启动后生效</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Experiment</source>
   <translation>实验</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>SAE</source>
   <translation>SAE</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Evolution</source>
   <translation>演化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Logging</source>
   <translation>日志</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Directions</source>
   <translation>方向</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>Limits against the base, however many steps led there</source>
   <translation>相对基座的限值，不论经过多少步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>seed</source>
   <translation>随机种子</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>number format</source>
   <translation>数值格式</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>longest prompt</source>
   <translation>最长提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>SAELens release</source>
   <translation>SAELens 发布</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>SAE id</source>
   <translation>SAE 编号</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>SAE folder</source>
   <translation>SAE 文件夹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>activation threshold</source>
   <translation>激活阈值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>max density</source>
   <translation>最大密度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>strategy</source>
   <translation>策略</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>blocks</source>
   <translation>块</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>strength</source>
   <translation>强度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>max rank</source>
   <translation>最大秩</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>features taking part</source>
   <translation>参与的特征数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>token of the key</source>
   <translation>键所在词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>max JS divergence</source>
   <translation>最大 JS 散度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>max perplexity ratio</source>
   <translation>最大困惑度比</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>max cosine drift</source>
   <translation>最大余弦漂移</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>warning from</source>
   <translation>警告起点</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>each tag by itself</source>
   <translation>每个标签单独判断</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>refuse what is over a limit</source>
   <translation>拒绝超过限度的改动</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>probe file</source>
   <translation>探针文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>k of the top-k agreement</source>
   <translation>top-k 一致率的 k</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/forms_words.py" />
   <source>level</source>
   <translation>级别</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>{architecture}, {count} blocks, base {hash}</source>
   <translation>{architecture}，{count} 个块，基座 {hash}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>no SAE</source>
   <translation>无 SAE</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>No model</source>
   <translation>没有模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>State hash</source>
   <translation>状态哈希</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>SAE {name} at {hook}</source>
   <translation>SAE {name}，位于 {hook}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/header.py" />
   <source>session {name}, {features}</source>
   <translation>会话 {name}，{features}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_map.py" />
   <source>Heat map of every probe over the steps</source>
   <translation>每个探针随各步变化的热图</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_map.py" />
   <source>not measured</source>
   <translation>未测量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_map.py" />
   <source>step {step}, probe {probe} {text!r}: {value}</source>
   <translation>第 {step} 步，探针 {probe} {text!r}：{value}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_map.py" />
   <source>{measure} of each probe{limit}</source>
   <translation>每个探针的{measure}{limit}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_map.py" />
   <source>, darkest at the step limit {limit}</source>
   <translation>，单步限值 {limit} 处颜色最深</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Point at a cell to read it</source>
   <translation>将鼠标指向格子以读取数值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Each column is a step and each row a probe. The limit holds for all probes together.</source>
   <translation>每列是一步，每行是一个探针。限值针对所有探针的合计。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Square-root scale from the unchanged model to the step limit</source>
   <translation>从未改变的模型到单步限值的平方根刻度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Measure shown for each probe</source>
   <translation>每个探针显示的度量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Value under the mouse</source>
   <translation>鼠标处的数值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>largest</source>
   <translation>最大</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/heat_view.py" />
   <source>Legend: from {low} to the limit {high}</source>
   <translation>图例：从 {low} 到限值 {high}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>{text}; at most {share} of a matrix's change is rounded away by the weights' number format</source>
   <translation>{text}；权重的数值格式最多舍去矩阵更改的 {share}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>{count} committed</source>
   <translation>{count} 个已提交</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>{count} committed with a warning</source>
   <translation>{count} 个已提交但有警告</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>{count} rejected</source>
   <translation>{count} 个被拒绝</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>1 patch written to {path}</source>
   <translation>已将 1 个补丁写入 {path}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>{count} patches written to {path}</source>
   <translation>已将 {count} 个补丁写入 {path}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>1 patch imported: {said}</source>
   <translation>已导入 1 个补丁：{said}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>{count} patches imported: {said}</source>
   <translation>已导入 {count} 个补丁：{said}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>Cancelled; the patches that were judged before stand in the timeline</source>
   <translation>已取消；此前已裁决的补丁保留在时间线上</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>Cancelled; nothing was written</source>
   <translation>已取消；没有写入任何内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>Cancelled; the file was not read</source>
   <translation>已取消；没有读取文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_desk.py" />
   <source>There is nothing at {path}</source>
   <translation>{path} 处没有内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_requests.py" />
   <source>Exporting</source>
   <translation>导出</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_requests.py" />
   <source>Reading the patches</source>
   <translation>读取补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/interchange_requests.py" />
   <source>Importing</source>
   <translation>导入</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/layer_view.py" />
   <source>Norm of the step</source>
   <translation>单步范数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/layer_view.py" />
   <source>Present state, ||dW|| / ||W||</source>
   <translation>当前状态，||dW|| / ||W||</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/layer_view.py" />
   <source>Each step, ||dW||</source>
   <translation>每一步，||dW||</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/load_guard.py" />
   <source>Nothing was loaded.</source>
   <translation>没有加载任何内容。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/load_guard.py" />
   <source>Nothing was loaded; memory is short</source>
   <translation>没有加载任何内容；内存不足</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/load_guard.py" />
   <source>Loading was cancelled.</source>
   <translation>加载已取消。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Layouts</source>
   <translation>布局</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Panels</source>
   <translation>面板</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Show the Evolve layout to evolve a prompt</source>
   <translation>切换到演化布局以演化提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Show the Inspect layout</source>
   <translation>显示检视布局</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Nothing is running</source>
   <translation>没有任务在运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>There is nothing to undo</source>
   <translation>没有可撤销的操作</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>There is nothing to redo</source>
   <translation>没有可重做的操作</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>The state hash is on the clipboard</source>
   <translation>状态哈希已复制到剪贴板</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Messages ({count})</source>
   <translation>消息 ({count})</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>The next step starts a branch at step {step}</source>
   <translation>下一步将从第 {step} 步开始一个分支</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/main_window.py" />
   <source>Step {step} is on the clipboard as a line of Python</source>
   <translation>第 {step} 步已作为一行 Python 复制到剪贴板</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measure_view.py" />
   <source>step {value} of {limit}</source>
   <translation>单步 {value}，限值 {limit}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measure_view.py" />
   <source>cumulative {value} of {limit}</source>
   <translation>累积 {value}，限值 {limit}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measure_view.py" />
   <source>step {value}/{limit}</source>
   <translation>单步 {value}/{limit}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measure_view.py" />
   <source>cum. {value}/{limit}</source>
   <translation>累积 {value}/{limit}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>JS divergence</source>
   <translation>JS 散度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>JS, bits</source>
   <translation>JS，比特</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>bits</source>
   <translation>比特</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>JS = H((p+q)/2) - (H(p)+H(q))/2 of the next-token distributions before (p) and after (q), in bits</source>
   <translation>JS = H((p+q)/2) - (H(p)+H(q))/2，p 与 q 为编辑前后的下一词元分布，单位比特</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>perplexity ratio</source>
   <translation>困惑度比</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>PPL, x</source>
   <translation>PPL，x</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>PPL after / PPL before, PPL = exp(mean negative log-likelihood of the text's tokens)</source>
   <translation>编辑后 PPL / 编辑前 PPL，PPL = exp(文本词元的平均负对数似然)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>cosine drift</source>
   <translation>余弦漂移</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/measures.py" />
   <source>1 - cos of the residual stream after the last block, before and after</source>
   <translation>1 - cos，取最后一个块之后的残差流，编辑前与编辑后</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/menus.py" />
   <source>Open recent</source>
   <translation>打开最近的会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/messages.py" />
   <source>internal error</source>
   <translation>内部错误</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/messages_model.py" />
   <source>times</source>
   <translation>次数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/messages_model.py" />
   <source>info</source>
   <translation>信息</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/messages_model.py" />
   <source>error</source>
   <translation>错误</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>installed</source>
   <translation>已安装</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>not installed</source>
   <translation>未安装</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>Another model</source>
   <translation>另一个模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>With what each needs in memory; one that is not installed must be fetched first</source>
   <translation>附各自所需内存；未安装的须先获取</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>Load this model</source>
   <translation>加载此模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>Begin a new session on the chosen model</source>
   <translation>在所选模型上新建会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>Load the chosen model</source>
   <translation>加载所选模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/model_choice.py" />
   <source>{name}  ({place}, {memory})</source>
   <translation>{name}  （{place}，{memory}）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/model_thread.py" />
   <source>internal error in {job}: {error}; details are in the log</source>
   <translation>“{job}”中的内部错误：{error}；详情见日志</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_bars.py" />
   <source>||dW||_F / ||W||_F: the sum of all active changes of a matrix against the matrix itself, Frobenius norms.
How much of the matrix is not the base's any more.</source>
   <translation>||dW||_F / ||W||_F：一个矩阵的所有生效更改之和相对矩阵本身，Frobenius 范数。
即矩阵有多少已不属于基座。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_bars.py" />
   <source>Weight change of each edited matrix in the present state, ||dW||_F / ||W||_F</source>
   <translation>当前状态下每个被编辑矩阵的权重变化，||dW||_F / ||W||_F</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_bars.py" />
   <source>Relative weight change of each edited matrix</source>
   <translation>每个被编辑矩阵的相对权重变化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_bars.py" />
   <source>The present state is being measured</source>
   <translation>正在测量当前状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_bars.py" />
   <source>This is the base: no matrix is changed</source>
   <translation>这是基座：没有矩阵被改变</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>||dW||_F: the Frobenius norm of what a step adds to its matrices. Large steps move the model far at once.
Filled: active, hollow: rejected or taken back. Shape and colour: the block it edits.</source>
   <translation>||dW||_F：一步加到其矩阵上的量的 Frobenius 范数。大的步会一下子使模型移动很远。
实心：生效；空心：被拒绝或已撤回。形状和颜色：所编辑的块。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>Plot of the weight change's norm over the steps</source>
   <translation>权重变化范数随各步的曲线</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>step {step}: {norm}, block {blocks}</source>
   <translation>第 {step} 步：{norm}，块 {blocks}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>Norm of each step's weight change, ||dW||_F; block: {blocks}</source>
   <translation>每一步权重变化的范数，||dW||_F；块：{blocks}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>step {step}: no change</source>
   <translation>第 {step} 步：无变化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/norm_plot.py" />
   <source>Blocks: {blocks}</source>
   <translation>块：{blocks}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>What do you want to do?</source>
   <translation>您想做什么？</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>Search commands</source>
   <translation>搜索命令</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>Commands</source>
   <translation>命令</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>No command has these letters in this order</source>
   <translation>没有命令依次含有这些字母</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>Enter does it, arrows choose, Esc closes</source>
   <translation>Enter 执行，方向键选择，Esc 关闭</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>Not now</source>
   <translation>暂不</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/palette.py" />
   <source>Not possible now: {why}</source>
   <translation>现在不可用：{why}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/chat.py" />
   <source>Talk to the model</source>
   <translation>与模型对话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/chat.py" />
   <source>A fact that you tell is learned into an adapter beside the weights, measured and judged like every other step. Then the model is asked about it, and undo takes it back.</source>
   <translation>您告诉它的事实会学入权重旁的适配器，并像其他每一步那样测量和裁决。随后向模型提问，撤销可将其收回。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/chat.py" />
   <source>Tell it something it cannot know:</source>
   <translation>告诉它一件它不可能知道的事：</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/chat.py" />
   <source>Put this sentence into the field below</source>
   <translation>将此句放入下面的输入框</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/chat.py" />
   <source>Answering</source>
   <translation>正在回答</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/chat.py" />
   <source>Copied the state hash {hash}</source>
   <translation>已复制状态哈希 {hash}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Any two states side by side</source>
   <translation>任意两个状态并排比较</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>What they are made of and how they differ: patches, settings, weights, probes, next tokens, features and texts.</source>
   <translation>它们由什么构成、有何不同：补丁、设置、权重、探针、后续词元、特征和文本。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Choose two states above and press Compare, or see what the session has come to:</source>
   <translation>在上方选择两个状态并按“比较”，或查看会话至今的变化：</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Comparing was cancelled.</source>
   <translation>比较已取消。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>A and B are the same state</source>
   <translation>A 与 B 是同一状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>The measures over all probes, B against A</source>
   <translation>所有探针上的度量，B 相对 A</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Compare the present state with the base</source>
   <translation>将当前状态与基座比较</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Progress of the comparison</source>
   <translation>比较进度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>What was compared</source>
   <translation>比较的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Summary</source>
   <translation>概要</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Texts and next tokens</source>
   <translation>文本与后续词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/compare.py" />
   <source>Probes</source>
   <translation>探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>No step yet</source>
   <translation>还没有步骤</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Here is all that is known of the selected step, and what you write about it.</source>
   <translation>这里显示所选步骤的全部信息，以及您为它写的内容。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Evolve a prompt, or select a step on the timeline.</source>
   <translation>演化一个提示词，或在时间线上选择一步。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>The model without any patch. Every cumulative measure is against it; rolling back to it takes all back.</source>
   <translation>不带任何补丁的模型。所有累积度量都相对它；回滚到它即撤回一切。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>No texts were kept for this step.</source>
   <translation>此步没有保存文本。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>How much of the edit was put into the model, what its target's least likely token was given then,
and what the immune system said; a refused edit is scaled back until it passes</source>
   <translation>将编辑的多少放入模型、此时目标中最不可能的词元得到的概率，
以及免疫系统的裁决；被拒绝的编辑会被缩小，直到通过</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>What the least likely token of an earlier edit's target is given with this edit in the model,
and whether the model still says the target by itself; click one to go to its step</source>
   <translation>模型含有此次编辑时，先前编辑的目标中最不可能的词元得到的概率，
以及模型是否仍会自行说出该目标；单击可转到其步骤</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Prompt of the step</source>
   <translation>该步的提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Measures of the step</source>
   <translation>该步的度量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Features of the step</source>
   <translation>该步的特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Measures of the step on each probe</source>
   <translation>该步在每个探针上的度量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Strengths of the edit</source>
   <translation>编辑的强度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Earlier edits after this one</source>
   <translation>此次编辑之后的先前编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Click a feature, or press Enter on it, to open its page</source>
   <translation>点击特征或在其上按 Enter，打开其页面</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>still said freely</source>
   <translation>仍会自行说出</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Text before the step</source>
   <translation>该步之前的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Text after it</source>
   <translation>之后的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Strengths that were tried</source>
   <translation>尝试过的强度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Earlier edits, tested again</source>
   <translation>重新测试的先前编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Measures against their limits</source>
   <translation>度量与限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/details.py" />
   <source>Probes, the worst first</source>
   <translation>探针，最差者在前</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/experiments.py" />
   <source>What a run finds stands here: tables and plots, while it goes and for good.</source>
   <translation>运行的结果显示在此：表格与图表，运行中和结束后均可查看。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/experiments.py" />
   <source>Press Quick look for a first one, or choose an earlier run at the left.</source>
   <translation>按“快速查看”进行首次运行，或在左侧选择以前的运行。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/experiments.py" />
   <source>The run has begun; its first figures are on their way.</source>
   <translation>运行已开始；首批数据即将到来。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/experiments.py" />
   <source>No figures yet</source>
   <translation>尚无数据</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/experiments.py" />
   <source>The run that is shown</source>
   <translation>所显示的运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/experiments.py" />
   <source>Settings and outcome</source>
   <translation>设置与结果</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/experiments.py" />
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/facts.py" />
   <source>No facts yet</source>
   <translation>还没有事实</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/facts.py" />
   <source>Here are the facts that the model was taught in the chat: whether it still knows them, and what it answers.</source>
   <translation>这里是在对话中教给模型的事实：它是否仍然知道，以及它怎样回答。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/facts.py" />
   <source>Tell the model a fact in the chat.</source>
   <translation>在对话中告诉模型一个事实。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/facts.py" />
   <source>No fact is found; clear the search to see all of them.</source>
   <translation>没有找到事实；清除搜索即可看到全部。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/facts.py" />
   <source>Ask the model the questions about this fact in its present state</source>
   <translation>就这一事实询问处于当前状态的模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/facts.py" />
   <source>Teach this fact once more, as if it was told again</source>
   <translation>再教一次这个事实，如同再次告知</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/facts.py" />
   <source>Un-learn this fact: a step on the timeline, which Undo takes back (Del)</source>
   <translation>使模型忘掉这个事实：这是时间线上的一步，可用撤销收回（Del）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/facts.py" />
   <source>Ask again</source>
   <translation>再次询问</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/facts.py" />
   <source>Teach again</source>
   <translation>再次教授</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/facts.py" />
   <source>Forget</source>
   <translation>忘记</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Here the features of the model's sparse autoencoder are looked at, named, steered with and turned into edits.</source>
   <translation>在这里查看、命名模型的稀疏自编码器 (SAE) 特征，用它们引导模型，并把它们变成编辑。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>It fills once the model is loaded.</source>
   <translation>模型加载后即可显示。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Exports (*.json *.jsonl);;All files (*)</source>
   <translation>导出文件 (*.json *.jsonl);;所有文件 (*)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Import names</source>
   <translation>导入名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Table as CSV</source>
   <translation>表格存为 CSV</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Page as HTML</source>
   <translation>页面存为 HTML</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Page as PNG</source>
   <translation>页面存为 PNG</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>there is no atlas; build it to have a table of the features</source>
   <translation>没有图谱；构建图谱后才有特征表</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>picture {path} cannot be written</source>
   <translation>图片 {path} 无法写入</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/features.py" />
   <source>Saved {chosen}</source>
   <translation>已保存 {chosen}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Here the model continues the prompt before and after the step, so that its effect can be read.</source>
   <translation>模型在这里续写该步前后的提示词，以便看出这一步的效果。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>prompt surprise {before:.3f} → {after:.3f} nats a token · features {features} · {strategy}, block {block}, rank {rank}, norm {norm:.3g} · {seconds:.1f} s</source>
   <translation>提示词惊异度 {before:.3f} → {after:.3f} 奈特/词元 · 特征 {features} · {strategy}，块 {block}，秩 {rank}，范数 {norm:.3g} · {seconds:.1f} 秒</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Type a prompt and press Evolve.</source>
   <translation>输入提示词，然后按“演化”。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Before</source>
   <translation>之前</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>After</source>
   <translation>之后</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Text after the step</source>
   <translation>该步之后的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Next tokens before the step</source>
   <translation>该步之前的后续词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>Next tokens after the step</source>
   <translation>该步之后的后续词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>next token</source>
   <translation>下一词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/generation.py" />
   <source>probability</source>
   <translation>概率</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Every step is measured on the probe texts, and refused where a measure is over its limit.</source>
   <translation>每一步都在探针文本上测量；有度量超过限值则拒绝。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Evolve a prompt to see its measures here.</source>
   <translation>演化一个提示词，在此查看其度量。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Step {step} committed</source>
   <translation>第 {step} 步已提交</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Step {step} committed with a warning</source>
   <translation>第 {step} 步已提交，有警告</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Step {step} rejected</source>
   <translation>第 {step} 步被拒绝</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Measures</source>
   <translation>度量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Each judged measure over the steps; thin: step, thick: cumulative</source>
   <translation>各步的每项裁决度量；细线：单步，粗线：累积</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>The step's value on every single probe</source>
   <translation>该步在每个探针上的数值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Layers</source>
   <translation>层</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>How much the weights were changed, and where</source>
   <translation>权重改变了多少，以及在哪里</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Edits</source>
   <translation>编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>How earlier edits hold after each new one, and how many more fit</source>
   <translation>每次新编辑之后先前编辑是否仍有效，以及还可容纳多少次</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>What is plotted</source>
   <translation>图表内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Save a plot</source>
   <translation>保存图表</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Save a plot as PNG, SVG or CSV</source>
   <translation>将图表存为 PNG、SVG 或 CSV</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Nothing measured yet</source>
   <translation>尚未测量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>The base</source>
   <translation>基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>The model without any patch; every cumulative measure is against it.</source>
   <translation>不带任何补丁的模型；所有累积度量都相对它。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Present state</source>
   <translation>当前状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/immune.py" />
   <source>Each step</source>
   <translation>每一步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/lessons.py" />
   <source>No lessons yet</source>
   <translation>还没有课</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/lessons.py" />
   <source>Here is what the model's lessons in the chat cost: losses, divergence from the base, and forgetting.</source>
   <translation>这里显示模型在对话中各课的代价：损失、与基座的散度，以及遗忘。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/lessons.py" />
   <source>Lesson</source>
   <translation>单课</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/lessons.py" />
   <source>One lesson step by step, and the weights of its tokens</source>
   <translation>一课的逐步过程及其词元权重</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/lessons.py" />
   <source>Loss, divergence and perplexity after each lesson</source>
   <translation>每一课之后的损失、散度和困惑度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/lessons.py" />
   <source>How many facts were known when all of them were asked</source>
   <translation>询问全部事实时知道多少</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/lessons.py" />
   <source>Stability, plasticity and forgetting over the latest lessons</source>
   <translation>最近各课的稳定性、可塑性和遗忘</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Importing the libraries</source>
   <translation>导入程序库</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Loading the model</source>
   <translation>加载模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Loading the SAE</source>
   <translation>加载 SAE</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Reading the probes</source>
   <translation>读取探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>No model is loaded</source>
   <translation>没有加载模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>The window can be used meanwhile: type a prompt, or fill the queue.</source>
   <translation>在此期间窗口可以使用：输入提示词，或填充队列。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Loading</source>
   <translation>加载</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Stop loading; the window stays usable (Esc)</source>
   <translation>停止加载；窗口仍可使用 (Esc)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Try again</source>
   <translation>重试</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Load the same model once more</source>
   <translation>再次加载同一模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Load anyway</source>
   <translation>仍然加载</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>The computer may become slow, or the program may be ended by the system</source>
   <translation>计算机可能变慢，或程序可能被系统终止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Keep the open session</source>
   <translation>保留打开的会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Load nothing; go on with what is open</source>
   <translation>不加载；继续使用已打开的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Loading the model...</source>
   <translation>正在加载模型...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Memory is short</source>
   <translation>内存不足</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>done</source>
   <translation>完成</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>Loading {model}...</source>
   <translation>正在加载 {model}...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/loading.py" />
   <source>waiting</source>
   <translation>等待</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>everything</source>
   <translation>全部</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>info and above</source>
   <translation>信息及以上</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>warnings and errors</source>
   <translation>警告和错误</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>errors</source>
   <translation>错误</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Python</source>
   <translation>Python</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Log</source>
   <translation>日志</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Python or log</source>
   <translation>Python 或日志</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Every action of this window as the line of Python that does the same</source>
   <translation>此窗口的每个操作，写成效果相同的一行 Python</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>What the program writes into its log file, as it happens</source>
   <translation>程序实时写入日志文件的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Python trace</source>
   <translation>Python 轨迹</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>No action yet</source>
   <translation>还没有操作</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Each step, rollback or look appears here as the line of Python that does the same.</source>
   <translation>每一步、回滚或查看都会作为效果相同的一行 Python 出现在这里。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Evolve a prompt, and its line stands here.</source>
   <translation>演化一个提示词，它的代码行就会出现在这里。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Copy the selected lines, or all of them</source>
   <translation>复制所选行，或全部</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Save as script...</source>
   <translation>存为脚本...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Save the whole trace as a script that runs</source>
   <translation>将整个轨迹存为可运行的脚本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Clear view</source>
   <translation>清空视图</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Empty this view; the script still has every line</source>
   <translation>清空此视图；脚本仍含所有行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Which records are shown</source>
   <translation>显示哪些记录</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>What is written at all is set under Preferences, Logging</source>
   <translation>写入哪些内容在“首选项 - 日志”中设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/log.py" />
   <source>Empty this view; the log file stays as it is</source>
   <translation>清空此视图；日志文件保持不变</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>No message yet</source>
   <translation>还没有消息</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>What the program has to say about your work is kept here, with the time.</source>
   <translation>程序关于您的工作的消息保存在这里，并附时间。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Evolve a prompt, and its outcome stands here.</source>
   <translation>演化一个提示词，其结果会出现在这里。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Clear</source>
   <translation>清空</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Details...</source>
   <translation>详情...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Which messages are shown</source>
   <translation>显示哪些消息</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Copy the selected messages, or all that are shown</source>
   <translation>复制所选消息，或所显示的全部</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Empty this list; the log keeps what was told</source>
   <translation>清空此列表；日志保留已告知的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/notifications.py" />
   <source>Versions, the end of the log and the trace, to send with a report</source>
   <translation>版本、日志末尾和轨迹，可随报告发送</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/prompt.py" />
   <source>Propose a change for this prompt, measure and judge it (Ctrl+Enter)</source>
   <translation>为此提示词提出更改，测量并裁决 (Ctrl+Enter)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/prompt.py" />
   <source>Put this prompt at the end of the queue (Ctrl+Shift+Enter)</source>
   <translation>将此提示词放到队列末尾 (Ctrl+Shift+Enter)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/prompt.py" />
   <source>Queue</source>
   <translation>队列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/timeline.py" />
   <source>Each step becomes a row here; click its icon to roll back to it, exactly.</source>
   <translation>每一步在这里成为一行；点击其图标可精确回滚到它。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/panels/timeline.py" />
   <source>No step is shown; search for less, or show every state and tag again.</source>
   <translation>没有显示任何步骤；减少搜索词，或重新显示所有状态和标签。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_export.py" />
   <source>a plot cannot be saved as '{name}'; the file name ends in .png, .svg or .csv</source>
   <translation>图表不能存为“{name}”；文件名须以 .png、.svg 或 .csv 结尾</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_export.py" />
   <source>file {path} cannot be written: {reason}</source>
   <translation>文件 {path} 无法写入：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Save as PNG…</source>
   <translation>存为 PNG…</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Save as SVG…</source>
   <translation>存为 SVG…</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Save as CSV…</source>
   <translation>存为 CSV…</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Picture (*.png)</source>
   <translation>图片 (*.png)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Drawing (*.svg)</source>
   <translation>矢量图 (*.svg)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Numbers (*.csv)</source>
   <translation>数据 (*.csv)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Save the plot</source>
   <translation>保存该图表</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Show all steps</source>
   <translation>显示所有步骤</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plot_menu.py" />
   <source>Plot saved as {file}</source>
   <translation>图表已存为 {file}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>Square-root scale. Click: pick the step; wheel: zoom; drag: move; right click: save.</source>
   <translation>平方根刻度。单击：选择步骤；滚轮：缩放；拖动：移动；右键：保存。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>step limit {limit}</source>
   <translation>单步限值 {limit}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>How far what the model would say next has moved, 0 (nothing) to 1 bit (something else).</source>
   <translation>模型接下来要说的内容移动了多少，从 0（没有）到 1 比特（完全不同）。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>How much more surprised the model is by ordinary text; 1 is as before, 2 is twice as unsure.</source>
   <translation>模型对普通文本的惊异增加了多少；1 与之前相同，2 为不确定性加倍。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>How far the model's inner state has turned; 0 is the same direction, 1 a right angle.</source>
   <translation>模型的内部状态转动了多少；0 为同一方向，1 为直角。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>{measure}, {unit}; thin: step, thick: cumulative</source>
   <translation>{measure}，{unit}；细线：单步，粗线：累积</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/plots.py" />
   <source>Plot of {measure} over the steps</source>
   <translation>{measure}随各步的曲线</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>Settings changed: {names}; undo takes it back</source>
   <translation>设置已更改：{names}；可以撤销</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>{settings} kept as your defaults in {file}</source>
   <translation>{settings}已作为您的默认值保存在 {file}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>1 setting</source>
   <translation>1 项设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>Session {name} can only be read here; Save As makes a copy that can be changed</source>
   <translation>会话 {name} 在此只能读取；“另存为”可生成可修改的副本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>Your defaults are the built-in ones</source>
   <translation>您的默认值即内置默认值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/preferences_desk.py" />
   <source>{count} settings</source>
   <translation>{count} 项设置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_desk.py" />
   <source>The proposed limits judge the next steps; undo takes them back</source>
   <translation>建议的限值将裁决后续步骤；可以撤销</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_desk.py" />
   <source>The session is measured on {count} probes from now on; undo takes it back</source>
   <translation>此会话从现在起在 {count} 个探针上测量；可以撤销</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Which limits would random edits of a step's size pass? Many are measured on the probes; none is kept.</source>
   <translation>一步大小的随机编辑会通过哪些限值？在探针上测量许多随机编辑；全部不保留。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>How far they move each measure appears here, with the proposed and the present limit.</source>
   <translation>它们使每项度量移动多少会显示在这里，并附建议限值和当前限值。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Choose the size of the edits and measure them.</source>
   <translation>选择编辑的大小并测量。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>A random edit carries no signal, so a step of the same size usually moves the probes more. Such a limit says what is more than chance, not what does harm; a strict one refuses most steps.</source>
   <translation>随机编辑不携带信号，因此同样大小的一步通常使探针移动更多。这样的限值说明什么超出偶然，而不说明什么有害；严格的限值会拒绝大多数步骤。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>probes</source>
   <translation>探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>proposed</source>
   <translation>建议</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>present</source>
   <translation>当前</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>null edits over present</source>
   <translation>超过当前的随机编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Measure</source>
   <translation>测量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Measure null edits; nothing is recorded</source>
   <translation>测量随机编辑；不作任何记录</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Go on with the edits that are not measured yet</source>
   <translation>继续测量尚未测量的编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Stop; what is measured can be gone on with (Esc)</source>
   <translation>停止；已测量的可以继续 (Esc)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Apply these limits</source>
   <translation>应用这些限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Use them in this session; undo takes them back</source>
   <translation>在此会话中使用；可以撤销</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Proposed limits</source>
   <translation>建议的限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Progress of the calibration</source>
   <translation>校准进度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>all</source>
   <translation>全部</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>No null edits yet</source>
   <translation>还没有随机编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Cancelled after {count} null edits; they are kept.</source>
   <translation>在 {count} 个随机编辑后取消；它们已保留。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>Cancelled before one was measured.</source>
   <translation>在测量第一个之前已取消。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/calibration_pane.py" />
   <source>{count} null edits of norm {norm} ({origin}), rank {rank}, on {sites}: {joint} of them go over any of the proposed limits; the chosen rate is {rate}.</source>
   <translation>{count} 个随机编辑，范数 {norm}（{origin}），秩 {rank}，位于 {sites}：其中 {joint} 个超过某个建议限值；所选误报率为 {rate}。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/draft.py" />
   <source>the text is empty; type the text that is to be measured</source>
   <translation>文本是空的；请输入要测量的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/draft.py" />
   <source>this text is a probe already</source>
   <translation>此文本已是探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>A tag's probes can have limits of their own, in place of those in the settings. A step over any limit is refused, and the verdict names the tag. Enter a value in a cell; an empty one takes it away.</source>
   <translation>一个标签的探针可以有自己的限值，取代设置中的限值。超过任何一个限值的步骤都会被拒绝，判定会指出该标签。在单元格中输入数值；清空则取消该限值。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Measure this session on these probes; it keeps a copy of its own, and undo takes it back</source>
   <translation>在这些探针上测量此会话；会话保存自己的副本，可以撤销</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Probe files (*.yaml *.yml)</source>
   <translation>探针文件 (*.yaml *.yml)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Limits by tag</source>
   <translation>按标签的限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Take back the last change of the set (Ctrl+Z in this window)</source>
   <translation>撤回对探针集的最近更改（此窗口中 Ctrl+Z）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Bring back what was undone (Ctrl+Shift+Z in this window)</source>
   <translation>恢复被撤销的更改（此窗口中 Ctrl+Shift+Z）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Open...</source>
   <translation>打开...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Edit another probe file</source>
   <translation>编辑另一个探针文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Revert</source>
   <translation>还原</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>As it was last opened or saved; undo brings the changes back</source>
   <translation>恢复到上次打开或保存时的样子；撤销可找回更改</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Write the set to its file</source>
   <translation>将探针集写入其文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Save as...</source>
   <translation>另存为...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Write the set to another file</source>
   <translation>将探针集写入另一个文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Use in this session</source>
   <translation>用于此会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Probes and limits</source>
   <translation>探针与限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Parts of the probe editor</source>
   <translation>探针编辑器的各部分</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Calibrate</source>
   <translation>校准</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>the session uses this set</source>
   <translation>会话使用此探针集</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>the session uses another set</source>
   <translation>会话使用另一个探针集</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Open a probe file</source>
   <translation>打开探针文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Save the probes</source>
   <translation>保存探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>{on} of {all} probes are measured</source>
   <translation>测量 {on} / {all} 个探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>{name} (no file of yours yet)</source>
   <translation>{name}（还没有您的文件）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/editor.py" />
   <source>Probes saved to {path}</source>
   <translation>探针已保存到 {path}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>present limit {value} (dashed)</source>
   <translation>当前限值 {value}（虚线）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>present limit {value} (beyond the axis)</source>
   <translation>当前限值 {value}（超出坐标轴）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>{title}, {unit}</source>
   <translation>{title}，{unit}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>Null edits by {measure}</source>
   <translation>随机编辑的{measure}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>proposed limit {value} (solid)</source>
   <translation>建议限值 {value}（实线）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/null_plot.py" />
   <source>{count} not finite</source>
   <translation>{count} 个非有限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>How many random edits are measured; more give a steadier limit</source>
   <translation>测量多少个随机编辑；越多则限值越稳定</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Share of random edits of this size that may go over any of the proposed limits</source>
   <translation>此大小的随机编辑中可以超过任一建议限值的比例</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>How large the random edits are: the Frobenius norm, as a step's; sites and rank are a step's as well</source>
   <translation>随机编辑有多大：Frobenius 范数，与一步相同；位置和秩也与一步相同</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Try the edits on the base; otherwise on the model in its present state</source>
   <translation>在基座上尝试编辑；否则在模型的当前状态上</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Propose limits for every tag too; the joint rate then holds over all of them, so more edits are needed</source>
   <translation>也为每个标签建议限值；此时联合误报率针对全部限值，因此需要更多编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>The session has no committed step yet; take the size from a prompt, or give a norm.</source>
   <translation>会话还没有已提交的步骤；请从提示词取大小，或给出范数。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>of the last committed step</source>
   <translation>最近提交步骤的大小</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>median of the session's proposals</source>
   <translation>会话各提案的中位数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>of what a prompt would propose</source>
   <translation>某个提示词所提编辑的大小</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>given</source>
   <translation>给定</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Null edits</source>
   <translation>随机编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>False-alarm rate in percent</source>
   <translation>误报率百分比</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Size of the edits</source>
   <translation>编辑的大小</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Prompt for the size</source>
   <translation>用于取大小的提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>a prompt</source>
   <translation>一个提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>on the base</source>
   <translation>在基座上</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>limits by tag</source>
   <translation>按标签的限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>False alarms</source>
   <translation>误报率</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/plan_form.py" />
   <source>Size</source>
   <translation>大小</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>The text of the probe that is picked, exact; or a new text to add</source>
   <translation>所选探针的准确文本；或要添加的新文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Every change of the model is measured on these texts, and refused where it moves them too far.</source>
   <translation>模型的每次更改都在这些文本上测量；若使它们移动太多则被拒绝。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Type a text below and add it, or import a file; a session's own probes come with its model.</source>
   <translation>在下方输入文本并添加，或导入文件；会话自己的探针随模型而来。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Take the texts of a file as probes: .txt, .csv or .jsonl, one a row; they get the tags typed here</source>
   <translation>将文件中的文本作为探针：.txt、.csv 或 .jsonl，每行一个；它们带上此处输入的标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Tags</source>
   <translation>标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>tags, with commas</source>
   <translation>标签，用逗号分隔</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Weight</source>
   <translation>权重</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Set tags</source>
   <translation>设置标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Give the probes picked these tags</source>
   <translation>给所选探针加上这些标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Set weight</source>
   <translation>设置权重</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Give the probes picked this weight</source>
   <translation>给所选探针设置此权重</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Enable</source>
   <translation>启用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Measure on the probes picked</source>
   <translation>在所选探针上测量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Disable</source>
   <translation>停用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Keep the probes picked and do not measure on them</source>
   <translation>保留所选探针，但不在其上测量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Take the probes picked out of the set</source>
   <translation>将所选探针移出探针集</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Change the text</source>
   <translation>更改文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Give the probe picked this text</source>
   <translation>给所选探针换上此文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Add as a probe</source>
   <translation>添加为探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Put this text at the end, with the tags typed above</source>
   <translation>将此文本放到末尾，带上方输入的标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Text of the probe</source>
   <translation>探针文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>the weight</source>
   <translation>权重</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Import probes</source>
   <translation>导入探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>No probes yet</source>
   <translation>还没有探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Picked</source>
   <translation>所选</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>Texts ({endings})</source>
   <translation>文本 ({endings})</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/probe_page.py" />
   <source>{count} probes imported; save or use them to keep them</source>
   <translation>已导入 {count} 个探针；保存或使用它们即可保留</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>all probes (settings)</source>
   <translation>所有探针（设置）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>{measure}, {scope}: what is empty or grey is as the settings say. {formula}</source>
   <translation>{measure}，{scope}：空白或灰色表示以设置为准。{formula}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>What is measured; the box says whether it is. The text is edited below the table</source>
   <translation>测量的内容；方框表示是否测量。文本在表下方编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>What it stands for; with commas between several. A tag can have limits of its own</source>
   <translation>它代表什么；多个时用逗号分隔。标签可以有自己的限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>How much it counts in every mean, above 0; 1 is usual</source>
   <translation>它在每个均值中的权重，大于 0；通常为 1</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>JS vs base</source>
   <translation>JS，对基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>PPL vs base</source>
   <translation>PPL，对基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>drift vs base</source>
   <translation>漂移，对基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>against the state before the step</source>
   <translation>相对该步之前的状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>probes tagged</source>
   <translation>带此标签的探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>measured</source>
   <translation>参与测量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>the limit</source>
   <translation>限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_editor/tables.py" />
   <source>{what} is '{text}'; it must be a number</source>
   <translation>{what}是“{text}”；必须是数字</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_requests.py" />
   <source>Taking the probes into the session</source>
   <translation>将探针纳入会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_requests.py" />
   <source>Calibrating</source>
   <translation>校准</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/probe_requests.py" />
   <source>Applying the limits</source>
   <translation>应用限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>preparing</source>
   <translation>准备中</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>importing the libraries</source>
   <translation>导入程序库</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>looking at the free memory</source>
   <translation>检查可用内存</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>loading the model</source>
   <translation>加载模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>loading the SAE</source>
   <translation>加载 SAE</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the probes</source>
   <translation>读取探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>taking the patches off</source>
   <translation>取下补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the prompt</source>
   <translation>读取提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>measuring the proposal</source>
   <translation>测量提案</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing it to the session</source>
   <translation>写入会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>generating the text before the step</source>
   <translation>生成该步之前的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>generating the text after the step</source>
   <translation>生成该步之后的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>generating the base text</source>
   <translation>生成基座文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>generating the edited text</source>
   <translation>生成编辑后的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>generating the steered text</source>
   <translation>生成引导后的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>checking that strength 0 changes nothing</source>
   <translation>检查强度 0 是否无变化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>measuring the probes</source>
   <translation>测量探针</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the next tokens</source>
   <translation>读取后续词元</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the features</source>
   <translation>读取特征</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing the continuations</source>
   <translation>写续写文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>finding the size of a step</source>
   <translation>确定一步的大小</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>measuring nothing yet</source>
   <translation>暂不测量</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing them to the session</source>
   <translation>将限值写入会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading text</source>
   <translation>读取文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>comparing directions</source>
   <translation>比较方向</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing pages</source>
   <translation>写页面</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>the model writes text</source>
   <translation>模型在写文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the first texts</source>
   <translation>读取最初的文本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>training the SAE</source>
   <translation>训练 SAE</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>counting how often each feature fires</source>
   <translation>统计每个特征的激活频率</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the file</source>
   <translation>读取文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing the files</source>
   <translation>写文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading the session</source>
   <translation>读取会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>writing the report</source>
   <translation>写报告</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>importing the libraries: {name}</source>
   <translation>导入程序库：{name}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>measuring null edit {done} of {count}</source>
   <translation>测量第 {done} 个随机编辑，共 {count} 个</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>copying to {file}</source>
   <translation>复制到 {file}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/progress_words.py" />
   <source>reading {file}</source>
   <translation>读取 {file}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_desk.py" />
   <source>Open prompts file</source>
   <translation>打开提示词文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_desk.py" />
   <source>Prompts ({kinds});;All files (*)</source>
   <translation>提示词 ({kinds});;所有文件 (*)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_queue.py" />
   <source>cancelled</source>
   <translation>已取消</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_queue.py" />
   <source>committed</source>
   <translation>已提交</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_queue.py" />
   <source>status</source>
   <translation>状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_queue.py" />
   <source>prompt</source>
   <translation>提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/prompt_queue.py" />
   <source>Step {step}: {reason}</source>
   <translation>第 {step} 步：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_runner.py" />
   <source>{count} failed</source>
   <translation>{count} 个失败</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_runner.py" />
   <source>The queue is done: {count} prompts</source>
   <translation>队列已完成：{count} 个提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Many prompts, one after another: drop a .txt, .csv or .jsonl file here, one prompt a row, or queue the one above.</source>
   <translation>多个提示词逐个运行：将 .txt、.csv 或 .jsonl 文件拖放到此处，每行一个提示词，或将上方的提示词加入队列。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Evolve the waiting prompts one after another, with the settings above (F5)</source>
   <translation>按上方设置逐个演化等待中的提示词 (F5)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Finish the running step and keep the rest waiting (F6)</source>
   <translation>完成当前步，其余继续等待 (F6)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Go on with the waiting prompts, with the settings above (F5)</source>
   <translation>按上方设置继续运行等待中的提示词 (F5)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Queue progress</source>
   <translation>队列进度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Queue of prompts</source>
   <translation>提示词队列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Move up</source>
   <translation>上移</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Move the selected prompts up (Alt+Up)</source>
   <translation>上移所选提示词 (Alt+Up)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Move down</source>
   <translation>下移</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Move the selected prompts down (Alt+Down)</source>
   <translation>下移所选提示词 (Alt+Down)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Run again</source>
   <translation>重新运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Evolve the selected prompts, and no others</source>
   <translation>只演化所选提示词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Take the selected prompts away (Delete)</source>
   <translation>移除所选提示词 (Delete)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Pause</source>
   <translation>暂停</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Open file...</source>
   <translation>打开文件...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Put the prompts of a file into the queue (Ctrl+Shift+O)</source>
   <translation>将文件中的提示词放入队列 (Ctrl+Shift+O)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Empty the queue; a running prompt stays</source>
   <translation>清空队列；正在运行的提示词保留</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Run queue</source>
   <translation>运行队列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>{number} of {total}</source>
   <translation>{number} / {total}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>{count}, pausing</source>
   <translation>{count}，即将暂停</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Paused, {waiting} of {total} waiting</source>
   <translation>已暂停，{waiting} / {total} 等待中</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/queue_view.py" />
   <source>Queue, {waiting} of {total} waiting</source>
   <translation>队列，{waiting} / {total} 等待中</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Why the session can only be read</source>
   <translation>会话为何只能读取</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Save As...</source>
   <translation>另存为...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Make a copy that can be changed, and go on in it</source>
   <translation>生成可修改的副本，并在其中继续</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Save the session as another file</source>
   <translation>将会话另存为另一个文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Open the session to be changed, now that the other window may have closed it</source>
   <translation>另一个窗口可能已关闭它；以可修改方式打开会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>Try again to open the session to be changed</source>
   <translation>重试以可修改方式打开会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>{name} is open in another window or program; here it can only be read.</source>
   <translation>{name} 已在另一个窗口或程序中打开；此处只能读取。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>{name} cannot be written, because the file or its folder is read-only; it can only be read.</source>
   <translation>{name} 无法写入，因为文件或其文件夹是只读的；只能读取。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/read_only_banner.py" />
   <source>{name} can only be read here.</source>
   <translation>{name} 在此只能读取。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>Comparing with what was open</source>
   <translation>与之前打开的内容比较</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>HERA Desktop did not end properly; {name} is open again, state {state} is as it was ({held})</source>
   <translation>HERA Desktop 未正常结束；{name} 已重新打开，状态 {state} 与之前相同（{held}）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>1 later change of state</source>
   <translation>之后的 1 次状态变化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>Other windows did not end properly; their sessions are among the recent ones: {names}</source>
   <translation>其他窗口未正常结束；其会话在最近的会话中：{names}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>HERA Desktop did not end properly; {name} is open again with {later}: state {state} ({held})</source>
   <translation>HERA Desktop 未正常结束；{name} 已重新打开，含{later}：状态 {state}（{held}）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>HERA Desktop did not end properly; {name} is open again, but its state {state} ({held}) is not the one last seen, {noted}</source>
   <translation>HERA Desktop 未正常结束；{name} 已重新打开，但其状态 {state}（{held}）不是最后所见的 {noted}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>1 later step</source>
   <translation>之后的 1 步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>HERA Desktop did not end properly; no session was open</source>
   <translation>HERA Desktop 未正常结束；当时没有打开的会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>HERA Desktop did not end properly, and the session that was open, {path}, is no longer there</source>
   <translation>HERA Desktop 未正常结束，当时打开的会话 {path} 已不存在</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>{count} later changes of state</source>
   <translation>之后的 {count} 次状态变化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/recovery.py" />
   <source>{count} later steps</source>
   <translation>之后的 {count} 步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/report_requests.py" />
   <source>Writing the report</source>
   <translation>写报告</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Evolving</source>
   <translation>演化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Rolling back</source>
   <translation>回滚</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Reverting</source>
   <translation>还原</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Restoring</source>
   <translation>恢复</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Undoing</source>
   <translation>撤销</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Redoing</source>
   <translation>重做</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>Writing the note</source>
   <translation>写备注</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/requests.py" />
   <source>no model is loaded</source>
   <translation>没有加载模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/row_actions.py" />
   <source>Roll back to here</source>
   <translation>回滚到此处</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/row_actions.py" />
   <source>Restore</source>
   <translation>恢复</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/row_actions.py" />
   <source>Revert this one</source>
   <translation>还原这一步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} committed as {patch}: {reason}</source>
   <translation>第 {step} 步已提交为 {patch}：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} committed with a warning as {patch}: {reason}</source>
   <translation>第 {step} 步已提交为 {patch}，有警告：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} rejected: {reason}</source>
   <translation>第 {step} 步被拒绝：{reason}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>{model} is loaded ({patches}); session {session}</source>
   <translation>{model} 已加载（{patches}）；会话 {session}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>state {hash} ({patches})</source>
   <translation>状态 {hash}（{patches}）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>1 name imported; names you gave stand</source>
   <translation>已导入 1 个名称；您给的名称保持不变</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>{count:,} names imported; names you gave stand</source>
   <translation>已导入 {count:,} 个名称；您给的名称保持不变</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Undone</source>
   <translation>已撤销</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Redone</source>
   <translation>已重做</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Cancelled; no model is loaded</source>
   <translation>已取消；没有加载模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Note kept on step {step}</source>
   <translation>第 {step} 步的备注已保存</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Tags kept on step {step}: {tags}</source>
   <translation>第 {step} 步的标签已保存：{tags}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} is called '{name}' now</source>
   <translation>第 {step} 步现在名为“{name}”</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>{sentence}; the texts were stopped</source>
   <translation>{sentence}；文本生成已停止</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>{name} was cancelled; the last committed state stands</source>
   <translation>“{name}”已取消；最后提交的状态保持有效</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} has no tags now</source>
   <translation>第 {step} 步现在没有标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Step {step} has no name now</source>
   <translation>第 {step} 步现在没有名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Rolled back to {patch_id}</source>
   <translation>已回滚到 {patch_id}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Rolled back to before {patch_id}</source>
   <translation>已回滚到 {patch_id} 之前</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Reverted {patch_id}</source>
   <translation>已还原 {patch_id}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>Restored {patch_id}</source>
   <translation>已恢复 {patch_id}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/sentences.py" />
   <source>the base</source>
   <translation>基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/session_files.py" />
   <source>untitled</source>
   <translation>未命名</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>Cut</source>
   <translation>剪切</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>Paste</source>
   <translation>粘贴</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>Select all</source>
   <translation>全选</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>{key} alone is for typing; add Ctrl or Alt, or take a function key</source>
   <translation>单独的 {key} 用于输入；请加上 Ctrl 或 Alt，或使用功能键</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>{key} belongs to {action}; choose another key, or take it from there first</source>
   <translation>{key} 属于“{action}”；请换一个按键，或先从那里移除</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>{key} cannot be told from {other} of {action}: one begins with the other</source>
   <translation>{key} 无法与“{action}”的 {other} 区分：其中一个以另一个开头</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/shortcuts.py" />
   <source>{key} is {what} in every text field; choose another key</source>
   <translation>{key} 在所有文本框中是“{what}”；请换一个按键</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/snapshots.py" />
   <source>the base, without any patch</source>
   <translation>基座，不带任何补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/standing_requests.py" />
   <source>Measuring the present state</source>
   <translation>测量当前状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/status_line.py" />
   <source>Time taken and left</source>
   <translation>已用和剩余时间</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/status_line.py" />
   <source>Progress</source>
   <translation>进度</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/status_line.py" />
   <source>Cancel the running job</source>
   <translation>取消正在运行的任务</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/status_line.py" />
   <source>no state</source>
   <translation>无状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/status_line.py" />
   <source>state {hash}</source>
   <translation>状态 {hash}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/step_settings.py" />
   <source>How the change is computed from the features that are active on the prompt (evolution.strategy)</source>
   <translation>如何由提示词上激活的特征计算更改 (evolution.strategy)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/step_settings.py" />
   <source>How strong the change is (evolution.learning_rate), 0.01 to 1000.
For hebbian: the share of the features' own write that is added on this prompt's key;
on the default model 0.5 to 3 is a useful range, far above it is rejected.</source>
   <translation>更改有多强 (evolution.learning_rate)，0.01 到 1000。
对于 hebbian：在此提示词的键上加入特征自身写入量的多少倍；
在默认模型上 0.5 到 3 为可用范围，远高于此会被拒绝。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/step_settings.py" />
   <source>The block whose writing matrix is edited, or several: 7, 8 (evolution.target_layers).
Empty: as configured, {configured}. This model has blocks 0 to {last}.</source>
   <translation>编辑哪个块的写入矩阵，或多个：7, 8 (evolution.target_layers)。
留空：按配置，{configured}。此模型的块为 0 到 {last}。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/step_settings.py" />
   <source>Strategy</source>
   <translation>策略</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>Before, the base</source>
   <translation>之前，基座</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>After, nothing was proposed</source>
   <translation>之后，没有提出任何编辑</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>After, rejected and not applied</source>
   <translation>之后，被拒绝，未应用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>Before, 1 patch</source>
   <translation>之前，1 个补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>Before, {count} patches</source>
   <translation>之前，{count} 个补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/steps.py" />
   <source>After, with {patch}</source>
   <translation>之后，含 {patch}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/target_fields.py" />
   <source>What the prompt is to go on with from now on: Evolve then edits one matrix where the subject is read.
Empty: the step strengthens what the model's own features write. Enter evolves.</source>
   <translation>提示词从现在起应如何接续：演化时将在读取主语处编辑一个矩阵。
留空：该步增强模型自身特征所写入的内容。按 Enter 演化。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/target_fields.py" />
   <source>The part of the prompt that the edit is about, as it stands there.
Empty: the part that the prediction hangs on most, found by noise on each.</source>
   <translation>编辑所针对的提示词部分，须与原文一致。
留空：自动找出预测最依赖的部分（逐一加噪声测得）。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/target_fields.py" />
   <source>How the edit is computed (edits.strategy)</source>
   <translation>如何计算编辑 (edits.strategy)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/target_fields.py" />
   <source>Should continue with</source>
   <translation>应接续为</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/target_fields.py" />
   <source>optional</source>
   <translation>可选</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/target_fields.py" />
   <source>Strategy of the edit</source>
   <translation>编辑的策略</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/target_fields.py" />
   <source>About</source>
   <translation>主语</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/target_fields.py" />
   <source>found automatically</source>
   <translation>自动查找</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>about {count} h left</source>
   <translation>约剩 {count} 小时</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>{hours} h {minutes} min</source>
   <translation>{hours} 小时 {minutes} 分</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>about {count} s left</source>
   <translation>约剩 {count} 秒</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>about {count} min left</source>
   <translation>约剩 {count} 分</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>{seconds} s</source>
   <translation>{seconds} 秒</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/time_left.py" />
   <source>{minutes} min {seconds} s</source>
   <translation>{minutes} 分 {seconds} 秒</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>This session is open in another window or program; here it can only be read. Save As makes a copy that can be changed.</source>
   <translation>此会话已在另一个窗口或程序中打开；此处只能读取。“另存为”可生成可修改的副本。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>A job is running; this is possible once it has ended</source>
   <translation>有任务正在运行；结束后即可进行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Select a step first</source>
   <translation>请先选择一步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Set the model to the state right after this step, exactly (double click)</source>
   <translation>将模型精确设为这一步之后的状态（双击）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Take this patch out and keep the others</source>
   <translation>取出此补丁，保留其他补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Put this patch back in its place, or return to the line it is on</source>
   <translation>将此补丁放回原位，或返回它所在的分支</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Propose the same patch again, times a factor; it is measured and judged like any step</source>
   <translation>再次提出同一补丁，乘以系数；与其他步骤一样测量和裁决</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Go to the state after this step; the next step starts a branch there</source>
   <translation>转到这一步之后的状态；下一步从那里开始分支</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Compare the states after the selected steps, or after this one with another</source>
   <translation>比较所选各步之后的状态，或将这一步之后的状态与另一个比较</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Write the selected patches to files</source>
   <translation>将所选补丁写入文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Copy the line of Python that does the same</source>
   <translation>复制效果相同的一行 Python</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Write a note on this step (F2)</source>
   <translation>为这一步写备注 (F2)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Tags of this step, with commas between them</source>
   <translation>这一步的标签，用逗号分隔</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Give this step a name</source>
   <translation>给这一步命名</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Re-apply with another strength...</source>
   <translation>以其他强度重新应用...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Branch from here</source>
   <translation>从此处分支</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Compare with...</source>
   <translation>比较...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Export patch...</source>
   <translation>导出补丁...</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Copy as Python</source>
   <translation>复制为 Python</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Edit note</source>
   <translation>编辑备注</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Edit tags</source>
   <translation>编辑标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>Rename</source>
   <translation>重命名</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>This step was rejected; there is no state of it</source>
   <translation>这一步被拒绝；没有它的状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>There is no patch in this row</source>
   <translation>此行没有补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>This is the present state</source>
   <translation>这就是当前状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>This patch is not active</source>
   <translation>此补丁未生效</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>This patch was not taken out</source>
   <translation>此补丁没有被取出</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>There is no patch in the selected rows</source>
   <translation>所选行中没有补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_actions.py" />
   <source>The base was not made by a step</source>
   <translation>基座不是由某一步产生的</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>reverted since</source>
   <translation>后来被还原</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>on a line that was left</source>
   <translation>在已离开的分支上</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>Evolved from its prompt</source>
   <translation>由提示词演化</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>Made with chosen features</source>
   <translation>由所选特征构成</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>Imported from {file} ({format})</source>
   <translation>从 {file} 导入（{format}）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>Learned in the chat</source>
   <translation>在聊天中学到</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>Re-applied from {patch}, times {factor}</source>
   <translation>由 {patch} 重新应用，乘以 {factor}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>rank {rank}</source>
   <translation>秩 {rank}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>norm {norm}</source>
   <translation>范数 {norm}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>{seconds} s</source>
   <translation>{seconds} 秒</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>{imported}, made on another base: {base}</source>
   <translation>{imported}，在另一基座上生成：{base}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>probe {number}</source>
   <translation>探针 {number}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_details.py" />
   <source>{value} of {limit}</source>
   <translation>{value} / {limit}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Search the steps</source>
   <translation>搜索步骤</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Words in prompts, notes, names and tags, the id of a feature, or a patch such as p12; every word must be found (/)</source>
   <translation>提示词、备注、名称和标签中的词，特征编号，或补丁如 p12；每个词都须找到 (/)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>any tag</source>
   <translation>任意标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only steps that were committed and are active</source>
   <translation>仅已提交且生效的步骤</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only steps that were committed with a warning and are active</source>
   <translation>仅有警告地提交且生效的步骤</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only steps that were rejected</source>
   <translation>仅被拒绝的步骤</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only patches that were reverted on their own</source>
   <translation>仅单独被还原的补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only patches on a line that was left by rolling back</source>
   <translation>仅因回滚而离开的分支上的补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Tag</source>
   <translation>标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>Only steps with this tag</source>
   <translation>仅带此标签的步骤</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_filter_line.py" />
   <source>{shown} of {total}</source>
   <translation>{shown} / {total}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>limits</source>
   <translation>限值</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>note</source>
   <translation>备注</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>graph</source>
   <translation>图</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>icons</source>
   <translation>图标</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>reverted</source>
   <translation>已还原</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>left</source>
   <translation>已离开</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>How much of its step limit each measure has used: JS divergence, perplexity ratio, cosine drift</source>
   <translation>每项度量用去其单步限值的多少：JS 散度、困惑度比、余弦漂移</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_model.py" />
   <source>{formula}
against the state before the step</source>
   <translation>{formula}
相对该步之前的状态</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_popup.py" />
   <source>Factor</source>
   <translation>系数</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_popup.py" />
   <source>The patch is multiplied by this: 1 is the same patch, 0.5 is half of it</source>
   <translation>补丁乘以此数：1 为同一补丁，0.5 为一半</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_popup.py" />
   <source>Re-apply</source>
   <translation>重新应用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_popup.py" />
   <source>Propose {patch} again, times</source>
   <translation>再次提出 {patch}，乘以</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_requests.py" />
   <source>Writing the tags</source>
   <translation>写标签</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_requests.py" />
   <source>Writing the name</source>
   <translation>写名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_requests.py" />
   <source>Re-applying</source>
   <translation>重新应用</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_table.py" />
   <source>Timeline of all proposals</source>
   <translation>所有提案的时间线</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tips.py" />
   <source>{strategy}, strength {strength}, block {blocks}</source>
   <translation>{strategy}，强度 {strength}，块 {blocks}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tips.py" />
   <source>The model without any patch</source>
   <translation>不带任何补丁的模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tips.py" />
   <source>{title} {value} of {limit} ({part})</source>
   <translation>{title} {value} / {limit}（{part}）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tips.py" />
   <source>far over</source>
   <translation>远超</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tips.py" />
   <source>{time} UTC</source>
   <translation>{time} UTC</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tips.py" />
   <source>{strategy}, block {blocks}</source>
   <translation>{strategy}，块 {blocks}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>More actions</source>
   <translation>更多操作</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>More that can be done with the selected steps</source>
   <translation>对所选步骤可进行的更多操作</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>Columns</source>
   <translation>列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>Choose the columns</source>
   <translation>选择列</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>Height of the rows</source>
   <translation>行高</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_tool_buttons.py" />
   <source>Height of the rows (Ctrl and the mouse wheel)</source>
   <translation>行高（Ctrl 加鼠标滚轮）</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>Nothing was proposed in this step, so there is no patch to write about</source>
   <translation>这一步没有提出任何编辑，因此没有可写备注的补丁</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>Note</source>
   <translation>备注</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>What is worth remembering about this step</source>
   <translation>这一步值得记住的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>A name for this step</source>
   <translation>这一步的名称</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/timeline_words.py" />
   <source>Words with commas between them</source>
   <translation>用逗号分隔的词</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Type what a step is about</source>
   <translation>输入一步所针对的内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Write a prompt and press Evolve (Ctrl+Enter). The change strengthens what the model's own features write for this text. Files of prompts can be dropped here and run one after another.</source>
   <translation>写一个提示词，然后按“演化”(Ctrl+Enter)。更改会加强模型自身特征为此文本写入的内容。提示词文件可拖放到此处，逐个运行。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>The same prompt, continued by the model as it was and as it is after the step.</source>
   <translation>同一提示词，分别由该步之前和之后的模型续写。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Every step is measured and judged</source>
   <translation>每一步都会测量和裁决</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Fixed probes are read before and after each step. The lines show how far the model has moved; a step over a limit is rejected, and the model stays as it was.</source>
   <translation>每一步前后都读取固定的探针。曲线显示模型移动了多远；超过限值的步骤被拒绝，模型保持原样。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>The way back</source>
   <translation>回去的路</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Every proposal is a row. Double-click one to roll back to it, right-click for more; Ctrl+Z and Ctrl+Shift+Z undo and redo. The state's hash proves that it is the same, bit for bit.</source>
   <translation>每个提案是一行。双击可回滚到它，右键有更多操作；Ctrl+Z 和 Ctrl+Shift+Z 撤销和重做。状态哈希证明它逐位相同。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>What a step did</source>
   <translation>一步做了什么</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>The chosen row in full: its verdict, measures, features and texts, and room for a note and tags.</source>
   <translation>所选行的全部内容：裁决、度量、特征和文本，以及备注和标签。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Look inside</source>
   <translation>查看内部</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Search the model's features, read a text token by token, steer with a feature, and make an edit of it.</source>
   <translation>搜索模型的特征，逐词元读取文本，用特征引导，并由特征构成编辑。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Two states side by side</source>
   <translation>两个状态并排</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Any two rows of the timeline, the base included: what differs in settings, weights, measures and texts.</source>
   <translation>时间线上任意两行，包括基座：设置、权重、度量和文本有何不同。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>Everything is a line of Python</source>
   <translation>一切都是一行 Python</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour.py" />
   <source>What you do here appears as the line that does the same in a script. The palette (Ctrl+Shift+P) reaches every action of the window by its name.</source>
   <translation>您在这里所做的，会写成在脚本中效果相同的一行代码。命令面板 (Ctrl+Shift+P) 可按名称找到窗口的每个操作。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>End the tour (Esc)</source>
   <translation>结束导览 (Esc)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>The step before (Left)</source>
   <translation>上一步 (Left)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>Next</source>
   <translation>下一步</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>The next step (Right)</source>
   <translation>下一步 (Right)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/tour_bubble.py" />
   <source>{number} of {count}</source>
   <translation>{number} / {count}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Begin a session on the loaded model (Ctrl+N)</source>
   <translation>在已加载的模型上新建会话 (Ctrl+N)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Open a session file</source>
   <translation>打开会话文件</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Take the tour</source>
   <translation>观看导览</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Where everything is, in a minute</source>
   <translation>一分钟了解各部分的位置</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Go to the workspace</source>
   <translation>进入工作区</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Leave this page; the File menu brings it back</source>
   <translation>离开此页；可从“文件”菜单返回</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>No sessions yet</source>
   <translation>还没有会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>A session keeps every step, its measures and how to take it back. Those you open are listed here.</source>
   <translation>会话保存每一步、其度量以及如何撤回。您打开过的会话列在这里。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Type a prompt in the workspace, or run an example.</source>
   <translation>在工作区输入提示词，或运行示例。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Show this page at the start</source>
   <translation>启动时显示此页</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Change a live language model, measure every change, and take it back exactly.</source>
   <translation>改变运行中的语言模型，测量每次更改，并精确撤回。</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Sessions</source>
   <translation>会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome.py" />
   <source>Examples</source>
   <translation>示例</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_examples.py" />
   <source>On the default model and two processor cores</source>
   <translation>在默认模型和两个处理器核心上</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_examples.py" />
   <source>Run it in a new session</source>
   <translation>在新会话中运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_examples.py" />
   <source>A model must be loaded and nothing else be running</source>
   <translation>需要已加载模型且没有其他任务在运行</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_examples.py" />
   <source>Run the example {title}</source>
   <translation>运行示例“{title}”</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_examples.py" />
   <source>about {seconds} s</source>
   <translation>约 {seconds} 秒</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_loading.py" />
   <source>{model} is loaded on {device}, {dtype}</source>
   <translation>{model} 已加载到 {device}，{dtype}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_loading.py" />
   <source>The model</source>
   <translation>模型</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_recent.py" />
   <source>Recent sessions</source>
   <translation>最近的会话</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_recent.py" />
   <source>missing</source>
   <translation>缺失</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_recent.py" />
   <source>last open</source>
   <translation>上次打开</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/welcome_recent.py" />
   <source>{path} is no longer there; choosing it takes it off the list</source>
   <translation>{path} 已不存在；选择它会将其从列表中移除</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/window_tools.py" />
   <source>Python scripts (*.py)</source>
   <translation>Python 脚本 (*.py)</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/window_tools.py" />
   <source>Save trace as script</source>
   <translation>将轨迹存为脚本</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/window_tools.py" />
   <source>There is nothing in the trace yet</source>
   <translation>轨迹中还没有内容</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/window_tools.py" />
   <source>The trace is saved as {file}</source>
   <translation>轨迹已存为 {file}</translation>
  </message>
  <message>
   <location filename="hera_desktop/gui/window_tools.py" />
   <source>{file} cannot be written: {reason}</source>
   <translation>{file} 无法写入：{reason}</translation>
  </message>
 </context>
</TS>
