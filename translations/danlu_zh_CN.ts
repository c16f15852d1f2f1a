<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Advice</name>
    <message>
        <source>GPU %1</source>
        <extracomment>%1 is one number, or several: &quot;0, 1, 3&quot;</extracomment>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>%1 at 0 % for %2: your code is probably not using it</source>
        <extracomment>%1 is &quot;GPU 0&quot;, %2 a duration</extracomment>
        <translation>%1 利用率为 0 % 已持续 %2：代码很可能没有用上它</translation>
    </message>
    <message>
        <source>A process</source>
        <extracomment>In place of the name of a program</extracomment>
        <translation>某个进程</translation>
    </message>
    <message>
        <source>%1 holds %2 of GPU memory and computes nothing there, or it is stuck.</source>
        <translation>%1 占着 %2 显存却没有在上面计算，或者已经卡住。</translation>
    </message>
    <message>
        <source>%1 keeps %2 cores busy and nothing is on the GPU.</source>
        <translation>%1 占用了 %2 个核，而 GPU 上什么也没有。</translation>
    </message>
    <message>
        <source>Check in the same environment. The first must print True, and in your code the other two must say cuda:</source>
        <translation>在同一环境中检查：第一行必须输出 True，另外两行放进代码里必须输出 cuda：</translation>
    </message>
    <message>
        <source>The CPU uses %1 cores.</source>
        <translation>CPU 用了 %1 个核。</translation>
    </message>
    <message>
        <source>The CPU uses %1 of the share&apos;s %2 cores.</source>
        <translation>CPU 用了配额 %2 个核中的 %1 个。</translation>
    </message>
    <message>
        <source>A bigger share would help: this one has too few cores for more workers.</source>
        <translation>更大的配额才有帮助：这台的核数太少，加不了更多 worker。</translation>
    </message>
    <message>
        <source>Set num_workers of the DataLoader to about %1, because the share has %2 cores, and try a few values around it; pin_memory=True helps too.</source>
        <translation>把 DataLoader 的 num_workers 设为 %1 左右（配额有 %2 个核），并在附近试几个值；pin_memory=True 也有帮助。</translation>
    </message>
    <message>
        <source>The CPU is at the limit of the share: %1 of %2</source>
        <extracomment>As the consoles count: %1 and %2 are percent of one core</extracomment>
        <translation>CPU 已到配额上限：%1 / %2</translation>
    </message>
    <message>
        <source>%1 is at %2 on average, waiting for the CPU.</source>
        <translation>%1 平均 %2，在等 CPU。</translation>
    </message>
    <message>
        <source>Take an instance with more cores for each GPU, or make the preprocessing cheaper: do it once beforehand, use smaller images, augment on the GPU.</source>
        <translation>选每卡核数更多的实例，或者减轻预处理：事先做一次、用更小的图片、在 GPU 上做数据增强。</translation>
    </message>
    <message>
        <source>%1 is at %2 on average while most cores have nothing to do</source>
        <translation>%1 平均只有 %2，而多数核空闲</translation>
    </message>
    <message>
        <source>The GPU waits for its next batch.</source>
        <translation>GPU 在等下一批数据。</translation>
    </message>
    <message>
        <source>%1 swings and never gets above %2: loading the data is too slow</source>
        <translation>%1 忽高忽低且从未超过 %2：数据加载太慢</translation>
    </message>
    <message>
        <source>Between batches the GPU waits.</source>
        <translation>两批数据之间 GPU 在等待。</translation>
    </message>
    <message>
        <source>The memory of %1 is nearly full: %2</source>
        <translation>%1 的显存快满了：%2</translation>
    </message>
    <message>
        <source>A slightly larger batch, or a longer input, ends with an out-of-memory error.</source>
        <translation>批次再大一点或输入再长一点就会显存不足报错。</translation>
    </message>
    <message>
        <source>If it happens: a smaller batch, gradient accumulation, mixed precision or gradient checkpointing.</source>
        <translation>如果发生：减小批次、梯度累积、混合精度或梯度检查点。</translation>
    </message>
    <message>
        <source>The memory of the share is nearly full: %1</source>
        <translation>配额内存快满了：%1</translation>
    </message>
    <message>
        <source>When it is used up, the system kills the largest process, which is most often the training.</source>
        <translation>用完时系统会杀掉最大的进程，多半就是训练。</translation>
    </message>
    <message>
        <source>Without a GPU there is little memory: do large installs and unpacking with the GPU on.</source>
        <translation>无卡模式内存很小：大型安装和解压请在有卡模式下进行。</translation>
    </message>
    <message>
        <source>Fewer workers, smaller prefetch, data read in pieces instead of at once.</source>
        <translation>减少 worker、减小预取，数据分块读而不是一次读完。</translation>
    </message>
    <message numerus="yes">
        <source>Memory ran out: the system killed %n process(es)</source>
        <translation>
            <numerusform>内存耗尽：系统杀掉了 %n 个进程</numerusform>
        </translation>
    </message>
    <message>
        <source>The share has %1 of memory.</source>
        <translation>配额内存为 %1。</translation>
    </message>
    <message>
        <source>The share&apos;s memory was used up.</source>
        <translation>配额内存已用完。</translation>
    </message>
    <message>
        <source>See whether the training still runs. Use a smaller batch, fewer workers, or a bigger share.</source>
        <translation>看看训练是否还在运行。减小批次、减少 worker，或换更大的配额。</translation>
    </message>
    <message>
        <source>%1 has room for few more files: %2 of %3</source>
        <translation>%1 能放的文件数快用完了：%2 / %3</translation>
    </message>
    <message>
        <source>At the limit nothing can be created there, however much space is free.</source>
        <translation>到上限后无论剩多少空间都建不了新文件。</translation>
    </message>
    <message>
        <source>Pack many small files into archives, or remove what is not needed. Where they are:</source>
        <translation>把大量小文件打成归档，或删掉不需要的。查看它们在哪里：</translation>
    </message>
    <message>
        <source>%1 is %2 full: %3</source>
        <translation>%1 已用 %2：%3</translation>
    </message>
    <message>
        <source>When it is full, checkpoints and logs can&apos;t be written and the training ends.</source>
        <translation>写满后检查点和日志都写不进去，训练会中断。</translation>
    </message>
    <message>
        <source>Move data to the data disk. Most often it is conda&apos;s packages, the caches of Hugging Face and pip, and the trash. What takes the room, and the safe clean-up of packages:</source>
        <translation>把数据移到数据盘。最常见的是 conda 包、Hugging Face 和 pip 的缓存以及回收站。查看占用，以及安全清理安装包：</translation>
    </message>
    <message>
        <source>Remove old checkpoints and data. What takes the room:</source>
        <translation>删掉旧的检查点和数据。查看占用：</translation>
    </message>
    <message>
        <source>The data is read from %1, a slow disk, and the GPU is at %2</source>
        <translation>数据是从慢盘 %1 读的，GPU 只有 %2</translation>
    </message>
    <message>
        <source>For one: %1</source>
        <extracomment>%1 is a path</extracomment>
        <translation>例如：%1</translation>
    </message>
    <message>
        <source>Copy the data to %1 before the training.</source>
        <translation>训练前把数据复制到 %1。</translation>
    </message>
    <message>
        <source>Copy the data to a local disk before the training.</source>
        <translation>训练前把数据复制到本地盘。</translation>
    </message>
    <message>
        <source>It runs at %1 of %2 MHz.</source>
        <translation>当前频率 %1 / %2 MHz。</translation>
    </message>
    <message>
        <source>Nothing in the code helps. Tell the provider, or move to another host.</source>
        <translation>改代码没有用。请联系平台，或换一台主机。</translation>
    </message>
    <message>
        <source>%1 is slowed down by heat, at %2</source>
        <translation>%1 因过热降频，%2</translation>
    </message>
    <message>
        <source>%1 is slowed down by heat</source>
        <translation>%1 因过热降频</translation>
    </message>
    <message>
        <source>The card protects itself by lower clocks.</source>
        <translation>显卡靠降频保护自己。</translation>
    </message>
    <message>
        <source>%1 is slowed down: the server&apos;s power supply asks for less</source>
        <translation>%1 被降频：服务器电源要求降低功耗</translation>
    </message>
    <message>
        <source>The hardware lowers the clocks.</source>
        <translation>硬件在降低频率。</translation>
    </message>
    <message>
        <source>%1 is held back by its power limit of %2</source>
        <translation>%1 受功耗上限 %2 限制</translation>
    </message>
    <message>
        <source>%1 is held back by its power limit</source>
        <translation>%1 受功耗上限限制</translation>
    </message>
    <message>
        <source>Such a card has %1 when it is new.</source>
        <translation>这种卡出厂时是 %1。</translation>
    </message>
    <message>
        <source>The limit is the card&apos;s own.</source>
        <translation>这是显卡自身的上限。</translation>
    </message>
    <message>
        <source>A card with a higher power limit would be faster for this work.</source>
        <translation>换功耗上限更高的卡，这项任务会更快。</translation>
    </message>
    <message>
        <source>%1 would do, for %2 instead of %3</source>
        <extracomment>%1 is a card, %2 and %3 are prices</extracomment>
        <translation>用 %1 就够了：%2，而不是 %3</translation>
    </message>
    <message>
        <source>At most %1 of memory and %2 of the %3 were used.</source>
        <translation>%3 最多只用了 %1 显存和 %2 算力。</translation>
    </message>
    <message>
        <source>Next time rent the cheaper one, or use what is paid for: a larger batch, a second run beside this one.</source>
        <translation>下次租便宜的那种，或者把付了钱的用起来：加大批次，或同时再跑一个任务。</translation>
    </message>
    <message>
        <source>Nothing has been going on for %1</source>
        <translation>已有 %1 什么都没在运行</translation>
    </message>
    <message>
        <source>A process still holds %1 of GPU memory, but neither GPU, CPU nor network is used.</source>
        <translation>有进程还占着 %1 显存，但 GPU、CPU 和网络都没在用。</translation>
    </message>
    <message>
        <source>Neither GPU, CPU nor network is used, and it is paid for.</source>
        <translation>GPU、CPU 和网络都没在用，却在计费。</translation>
    </message>
    <message>
        <source>Stop the instance if you don&apos;t need it now; what is on its disks stays.</source>
        <translation>现在不用就关机；磁盘上的数据会保留。</translation>
    </message>
    <message>
        <source>Nobody noted when its price was seen.</source>
        <extracomment>%1 is a date, a month or a year</extracomment>
        <translation>它的价格没有记下时间。</translation>
    </message>
    <message>
        <source>Its price is of %1.</source>
        <translation>它的价格是 %1 的。</translation>
    </message>
    <message>
        <source>%1 works on another GPU and nothing is on %2, which costs as much.</source>
        <extracomment>%1 is a program, %2 &quot;GPU 1&quot; or &quot;GPU 1, 2, 3&quot;</extracomment>
        <translation>%1 在另一块 GPU 上运行，%2 上什么也没有，却同样计费。</translation>
    </message>
    <message>
        <source>Start it on all GPUs, start a second run with CUDA_VISIBLE_DEVICES=%1, or rent fewer next time.</source>
        <extracomment>%1 is the number of a GPU</extracomment>
        <translation>让它用上所有 GPU，或用 CUDA_VISIBLE_DEVICES=%1 再跑一个任务，或者下次少租几块。</translation>
    </message>
</context>
<context>
    <name>Catalog</name>
    <message>
        <source>FP32</source>
        <translation>FP32</translation>
    </message>
    <message>
        <source>FP16 tensor</source>
        <translation>FP16 张量</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>Memory bandwidth</source>
        <translation>显存带宽</translation>
    </message>
    <message>
        <source>Power (TDP)</source>
        <translation>功耗（TDP）</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Tensor cores, dense, summed up in FP16</source>
        <translation>张量核心，稠密，FP16 累加</translation>
    </message>
    <message>
        <source>Tensor cores, dense, summed up in FP32</source>
        <translation>张量核心，稠密，FP32 累加</translation>
    </message>
    <message>
        <source>Tensor cores, dense</source>
        <translation>张量核心，稠密</translation>
    </message>
    <message>
        <source>Matrix cores, dense</source>
        <translation>矩阵核心，稠密</translation>
    </message>
    <message>
        <source>Without tensor cores</source>
        <translation>不用张量核心</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Derived; none of the sources gives it (%1)</source>
        <translation>推算得出；来源中没有给出（%1）</translation>
    </message>
    <message>
        <source>From %1 (%2)</source>
        <extracomment>%1: where figures are from, %2: when they were gathered, &quot;2026-11&quot;</extracomment>
        <translation>来自 %1（%2）</translation>
    </message>
    <message>
        <source>%1 d</source>
        <extracomment>The age of a price in days: &quot;12 d&quot;</extracomment>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>Nobody noted when this price was seen. Check it before you rent.</source>
        <translation>没有记录此价格的日期。租用前请核对。</translation>
    </message>
    <message>
        <source>Seen on %1.</source>
        <translation>见于 %1。</translation>
    </message>
    <message>
        <source>Older than 30 days: check it before you rent.</source>
        <translation>已超过 30 天：租用前请核对。</translation>
    </message>
    <message>
        <source>Only %1 GB, the job needs %2 GB</source>
        <extracomment>%1 and %2 are numbers of gigabytes</extracomment>
        <translation>只有 %1 GB，任务需要 %2 GB</translation>
    </message>
    <message>
        <source>Its memory is not known; the job needs %1 GB</source>
        <translation>显存未知；任务需要 %1 GB</translation>
    </message>
    <message>
        <source>May be a board with only %1 GB: look before you rent</source>
        <translation>可能是只有 %1 GB 的版本：租用前请确认</translation>
    </message>
    <message>
        <source>This card is not in the table of cards</source>
        <translation>显卡表中没有这种卡</translation>
    </message>
    <message>
        <source>%1 of this card is not known</source>
        <translation>此卡的%1未知</translation>
    </message>
    <message>
        <source>Drives the %1.</source>
        <translation>可以驱动 %1。</translation>
    </message>
    <message>
        <source>CUDA %1 is too old for the %2: choose an image with CUDA %3 or newer.</source>
        <translation>CUDA %1 对 %2 太旧：请选 CUDA %3 或更新的镜像。</translation>
    </message>
    <message>
        <source>CUDA %1 has dropped the %2: choose an image with CUDA %3 or older.</source>
        <translation>CUDA %1 已不支持 %2：请选 CUDA %3 或更旧的镜像。</translation>
    </message>
    <message>
        <source>This torch has no code for the %1: choose one built with CUDA %2 or newer.</source>
        <translation>此 torch 不含 %1 的代码：请选用 CUDA %2 或更新版本构建的。</translation>
    </message>
    <message>
        <source>This torch works on the CPU only: install a build with CUDA.</source>
        <translation>此 torch 只能用 CPU：请安装带 CUDA 的版本。</translation>
    </message>
    <message>
        <source>It depends on the build: those with CUDA %1 drive the %2.</source>
        <translation>取决于构建版本：CUDA %1 的可以驱动 %2。</translation>
    </message>
    <message>
        <source>The %1 and this build do not go together.</source>
        <translation>%1 与此版本不兼容。</translation>
    </message>
    <message>
        <source>Not known for this version.</source>
        <translation>此版本情况未知。</translation>
    </message>
    <message>
        <source>The source could not be reached</source>
        <translation>无法访问数据源</translation>
    </message>
    <message>
        <source>This computer has no network right now, or a firewall or VPN is in between.</source>
        <translation>本机现在没有网络，或中间有防火墙、VPN。</translation>
    </message>
    <message>
        <source>Check the network, then refresh.</source>
        <translation>检查网络后刷新。</translation>
    </message>
    <message>
        <source>The source could not prove who it is</source>
        <translation>无法验证数据源的身份</translation>
    </message>
    <message>
        <source>Its certificate is not right. On a campus or company network, a proxy may read along; a wrong clock does it, too.</source>
        <translation>证书不正确。校园网或公司网络中可能有代理在窃听；系统时间错误也会这样。</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock, try another network, then refresh.</source>
        <translation>检查本机时间，换个网络，再刷新。</translation>
    </message>
    <message>
        <source>The source refuses the request</source>
        <translation>数据源拒绝了请求</translation>
    </message>
    <message>
        <source>The token is wrong or has run out, or the source does not answer from here.</source>
        <translation>令牌错误或已过期，或数据源不向此处提供服务。</translation>
    </message>
    <message>
        <source>Make a new token in the provider&apos;s console and save it here.</source>
        <translation>请在平台控制台新建令牌并保存到这里。</translation>
    </message>
    <message>
        <source>The answer could not be understood</source>
        <translation>无法理解返回的内容</translation>
    </message>
    <message>
        <source>The source has changed its format, or something in between answered in its place. Nothing of it was taken.</source>
        <translation>数据源改了格式，或中间有别的东西代它应答。没有采用任何内容。</translation>
    </message>
    <message>
        <source>Refresh later. If it stays so, an update of Danlu is needed.</source>
        <translation>稍后刷新。如果一直这样，需要更新丹炉。</translation>
    </message>
    <message>
        <source>The source reports a problem</source>
        <translation>数据源报告了问题</translation>
    </message>
    <message>
        <source>It is overloaded or has moved.</source>
        <translation>它负载过高或已迁移。</translation>
    </message>
    <message>
        <source>Refresh later.</source>
        <translation>请稍后刷新。</translation>
    </message>
    <message>
        <source>The prices could not be kept on this computer</source>
        <translation>无法把价格保存到本机</translation>
    </message>
    <message>
        <source>The disk is full, or the folder is not yours to write to. They are shown until Danlu is closed.</source>
        <translation>磁盘已满或目录不可写。在关闭丹炉之前仍会显示。</translation>
    </message>
    <message>
        <source>Make room, then refresh.</source>
        <translation>腾出空间后刷新。</translation>
    </message>
    <message>
        <source>The row can&apos;t be kept like this</source>
        <translation>这一行无法保存</translation>
    </message>
    <message>
        <source>An offer needs a provider, a card and a price; texts are one line and not too long.</source>
        <translation>报价需要平台、显卡和价格；文字为单行且不能过长。</translation>
    </message>
    <message>
        <source>Mend it, then try again.</source>
        <translation>请修改后重试。</translation>
    </message>
    <message>
        <source>This row is not there any more</source>
        <translation>这一行已不存在</translation>
    </message>
    <message>
        <source>It was changed in another window or by the command line.</source>
        <translation>它在另一个窗口或命令行中被修改了。</translation>
    </message>
    <message>
        <source>Press F5 to read the table again.</source>
        <translation>按 F5 重新读取表格。</translation>
    </message>
    <message>
        <source>The file is not there</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择其他文件。</translation>
    </message>
    <message>
        <source>This is no table of offers</source>
        <translation>这不是报价表</translation>
    </message>
    <message>
        <source>Nothing was taken from it. The details name the lines.</source>
        <translation>没有导入任何内容。详情中列出了有问题的行。</translation>
    </message>
    <message>
        <source>Export the table to see how it is made, mend the file, then import it again.</source>
        <translation>可导出表格查看格式，修正文件后再导入。</translation>
    </message>
    <message>
        <source>The table is full or from a newer Danlu</source>
        <translation>表格已满，或来自更新版本的丹炉</translation>
    </message>
    <message>
        <source>It was left as it is.</source>
        <translation>已原样保留。</translation>
    </message>
    <message>
        <source>Remove rows or update Danlu.</source>
        <translation>请删除一些行或更新丹炉。</translation>
    </message>
    <message>
        <source>The file could not be read or written</source>
        <translation>文件无法读写</translation>
    </message>
    <message>
        <source>Danlu&apos;s configuration folder reports a problem.</source>
        <translation>丹炉的配置目录出现问题。</translation>
    </message>
    <message>
        <source>This computer reported a problem with %1.</source>
        <translation>本机报告 %1 有问题。</translation>
    </message>
    <message>
        <source>Check that the disk is not full and the folder is yours.</source>
        <translation>请检查磁盘是否已满、目录是否可写。</translation>
    </message>
    <message>
        <source>price of unknown age</source>
        <translation>价格时间不详</translation>
    </message>
    <message>
        <source>price of %1</source>
        <extracomment>When a price was seen: %1 is a month or a year, &quot;2026-08&quot;</extracomment>
        <translation>%1 的价格</translation>
    </message>
    <message>
        <source>price of today</source>
        <translation>今天的价格</translation>
    </message>
    <message>
        <source>price %1 d old</source>
        <extracomment>The age of a price: %1 is a number of days</extracomment>
        <translation>%1 天前的价格</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Edit instance…</source>
        <translation>编辑实例…</translation>
    </message>
    <message>
        <source>Paste new login command…</source>
        <translation>粘贴新的登录指令…</translation>
    </message>
    <message>
        <source>Enter password…</source>
        <translation>输入密码…</translation>
    </message>
    <message>
        <source>Enter passphrase…</source>
        <translation>输入密钥口令…</translation>
    </message>
    <message>
        <source>Choose another key…</source>
        <translation>换一个密钥…</translation>
    </message>
    <message>
        <source>Compare fingerprints…</source>
        <translation>核对指纹…</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>the jump host</source>
        <translation>跳板机</translation>
    </message>
    <message>
        <source>the jump host %1</source>
        <translation>跳板机 %1</translation>
    </message>
    <message>
        <source>the instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>The address of %1 was not found</source>
        <translation>找不到 %1 的地址</translation>
    </message>
    <message>
        <source>The name may be misspelled, the instance may have been released, or this computer has no network right now.</source>
        <translation>可能是主机名写错了、实例已被释放，或者这台电脑现在没有联网。</translation>
    </message>
    <message>
        <source>Check your network, then compare the address with the login command in the provider&apos;s console.</source>
        <translation>先检查网络，再和平台控制台里的登录指令核对地址。</translation>
    </message>
    <message>
        <source>Could not reach %1</source>
        <translation>连不上 %1</translation>
    </message>
    <message>
        <source>Most often the instance is switched off or still starting. The address and the port can also change when it is switched off and on.</source>
        <translation>多数情况是实例已关机或还在开机。关机再开机后，地址和端口也可能改变。</translation>
    </message>
    <message>
        <source>Check in the provider&apos;s console that it is running. If the login command there looks different now, paste it again.</source>
        <translation>请在平台控制台确认它正在运行；如果那里的登录指令变了，重新粘贴一次即可。</translation>
    </message>
    <message>
        <source>No answer from %1</source>
        <translation>%1 没有回应</translation>
    </message>
    <message>
        <source>The instance may be switched off or still starting, or a firewall or VPN between you and it swallows the connection.</source>
        <translation>实例可能已关机或还在开机，也可能是中间的防火墙或 VPN 拦住了连接。</translation>
    </message>
    <message>
        <source>Check in the provider&apos;s console that it is running, then try again. On a campus network, try without VPN or with a phone hotspot.</source>
        <translation>请在平台控制台确认它正在运行，然后重试。如果在校园网里，可以关掉 VPN 或换手机热点试试。</translation>
    </message>
    <message>
        <source>%1 closed the connection before sign-in</source>
        <translation>%1 在登录之前断开了连接</translation>
    </message>
    <message>
        <source>Providers&apos; servers drop some connections when many arrive at once, and an instance that is just starting does so for a while. One failure means little.</source>
        <translation>同时连接的人多时，平台的服务器会随机丢掉一些连接；刚开机的实例也会这样。失败一次说明不了什么。</translation>
    </message>
    <message>
        <source>Wait a few seconds and try again.</source>
        <translation>等几秒再试。</translation>
    </message>
    <message>
        <source>The connection was lost during the transfer</source>
        <translation>传输途中连接断开了</translation>
    </message>
    <message>
        <source>Your network changed or slept, or the instance was switched off.</source>
        <translation>网络切换了、电脑睡眠了，或者实例关机了。</translation>
    </message>
    <message>
        <source>Try again; what has arrived already is kept.</source>
        <translation>请重试，已经传完的部分会保留。</translation>
    </message>
    <message>
        <source>The connection to %1 was lost</source>
        <translation>与 %1 的连接断开了</translation>
    </message>
    <message>
        <source>Your network changed, this computer slept, or the instance was switched off or restarted.</source>
        <translation>网络切换了、电脑睡眠了，或者实例关机或重启了。</translation>
    </message>
    <message>
        <source>Danlu reconnects by itself while the instance can be reached.</source>
        <translation>只要实例还能连上，丹炉会自动重连。</translation>
    </message>
    <message>
        <source>The command took too long</source>
        <translation>命令执行时间太长</translation>
    </message>
    <message>
        <source>The instance is very busy, its disk hangs, or the network is slow.</source>
        <translation>实例很忙、磁盘卡住了，或者网络很慢。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>The instance stopped sending figures</source>
        <translation>实例不再发送数据</translation>
    </message>
    <message>
        <source>The instance is very busy, or its driver hangs.</source>
        <translation>实例很忙，或者显卡驱动卡住了。</translation>
    </message>
    <message>
        <source>Try again; if it stays so, look at the processes in a terminal.</source>
        <translation>请重试；如果一直这样，在终端里看看进程。</translation>
    </message>
    <message>
        <source>The transfer stood still for too long</source>
        <translation>传输停滞太久</translation>
    </message>
    <message>
        <source>The network is slow or was interrupted, or the disk there hangs.</source>
        <translation>网络很慢或中断了，或者实例的磁盘卡住了。</translation>
    </message>
    <message>
        <source>The keychain did not answer</source>
        <translation>系统钥匙串没有回应</translation>
    </message>
    <message>
        <source>It may be locked and waiting for you in another window.</source>
        <translation>它可能已锁定，正在另一个窗口等你解锁。</translation>
    </message>
    <message>
        <source>Unlock it, then try again. You can also type the password.</source>
        <translation>请解锁后重试，也可以直接输入密码。</translation>
    </message>
    <message>
        <source>Sign-in to %1 took too long</source>
        <translation>登录 %1 的时间太长</translation>
    </message>
    <message>
        <source>The instance may still be starting, or it is out of memory.</source>
        <translation>实例可能还在开机，或者内存用完了。</translation>
    </message>
    <message>
        <source>Try again in half a minute.</source>
        <translation>半分钟后再试。</translation>
    </message>
    <message>
        <source>%1 answered too slowly</source>
        <translation>%1 回应太慢</translation>
    </message>
    <message>
        <source>The instance may still be starting, be very busy, or the network is slow.</source>
        <translation>实例可能还在开机或很忙，也可能是网络慢。</translation>
    </message>
    <message>
        <source>You have not confirmed that %1 is yours</source>
        <translation>还没有确认 %1 就是你的实例</translation>
    </message>
    <message>
        <source>This computer has never connected to it, so nothing yet proves that the server is the one you rented.</source>
        <translation>这台电脑第一次连接它，还没有什么能证明对方就是你租的那台机器。</translation>
    </message>
    <message>
        <source>Look at its fingerprint and accept it once; no password was sent.</source>
        <translation>请看一眼指纹并确认一次；密码还没有发出去。</translation>
    </message>
    <message>
        <source>%1 has a different fingerprint than last time</source>
        <translation>%1 的指纹和上次不一样</translation>
    </message>
    <message>
        <source>That is normal after you changed the image, reset the system, or the provider moved the instance to another machine. It would also look like this if somebody sat between you and the server. No password was sent.</source>
        <translation>更换镜像、重置系统，或者平台把实例迁移到别的机器之后，这是正常的。但如果有人在中间冒充服务器，看上去也是这样。密码没有发出去。</translation>
    </message>
    <message>
        <source>If one of these happened, replace the saved fingerprint for this instance. If not, do not connect from this network.</source>
        <translation>如果你做过上面的某件事，就替换这个实例保存的指纹；如果没有，请不要在这个网络里连接。</translation>
    </message>
    <message>
        <source>Sign-in to %1 was refused</source>
        <translation>%1 拒绝登录</translation>
    </message>
    <message>
        <source>User name, password or key of the jump host are not accepted there.</source>
        <translation>跳板机不接受这个用户名、密码或密钥。</translation>
    </message>
    <message>
        <source>Check the jump host of this instance.</source>
        <translation>请检查这个实例的跳板机设置。</translation>
    </message>
    <message>
        <source>The key was not accepted</source>
        <translation>密钥未被接受</translation>
    </message>
    <message>
        <source>Its public half is not on this instance, or the user name is another. A key that you added in the provider&apos;s console often works only after the instance was restarted once.</source>
        <translation>实例上没有它的公钥，或者用户名不对。在平台控制台添加的密钥，往往要重启一次实例才生效。</translation>
    </message>
    <message>
        <source>Restart the instance once, choose another key, or sign in with the password.</source>
        <translation>重启一次实例、换一个密钥，或者改用密码登录。</translation>
    </message>
    <message>
        <source>No key of the agent was accepted</source>
        <translation>密钥代理里没有可用的密钥</translation>
    </message>
    <message>
        <source>The agent holds no key that this instance knows, or the server gave up after too many keys.</source>
        <translation>代理里没有这个实例认识的密钥，或者密钥太多，服务器没等试完就放弃了。</translation>
    </message>
    <message>
        <source>Choose the right key file, or sign in with the password.</source>
        <translation>请选择正确的密钥文件，或者改用密码登录。</translation>
    </message>
    <message>
        <source>The password was not accepted</source>
        <translation>密码不对</translation>
    </message>
    <message>
        <source>On AutoDL and similar providers the password and the port may change when the instance is switched off and on. A space copied along is another usual reason.</source>
        <translation>在 AutoDL 等平台上，实例关机再开机后密码和端口可能改变。复制时多带了空格也很常见。</translation>
    </message>
    <message>
        <source>Copy the password from the provider&apos;s console again.</source>
        <translation>请到平台控制台重新复制密码。</translation>
    </message>
    <message>
        <source>The key file cannot be used</source>
        <translation>密钥文件不能用</translation>
    </message>
    <message>
        <source>The key file %1 cannot be used</source>
        <translation>密钥文件 %1 不能用</translation>
    </message>
    <message>
        <source>It is missing, damaged, a public key, or of a kind that Danlu does not read.</source>
        <translation>文件不存在、已损坏、是公钥，或者是丹炉不认识的格式。</translation>
    </message>
    <message>
        <source>Choose the private key: the file without .pub.</source>
        <translation>请选择私钥，也就是不带 .pub 的那个文件。</translation>
    </message>
    <message>
        <source>The key needs its passphrase</source>
        <translation>密钥需要口令</translation>
    </message>
    <message>
        <source>The key %1 needs its passphrase</source>
        <translation>密钥 %1 需要口令</translation>
    </message>
    <message>
        <source>The key file is encrypted, and the passphrase is missing or wrong.</source>
        <translation>密钥文件是加密的，还没有输入口令，或者口令不对。</translation>
    </message>
    <message>
        <source>Enter the passphrase that you chose when you made the key.</source>
        <translation>请输入生成密钥时设置的口令。</translation>
    </message>
    <message>
        <source>%1 speaks no encryption that Danlu accepts</source>
        <translation>%1 没有丹炉能接受的加密方式</translation>
    </message>
    <message>
        <source>Its SSH server is very old, or it was set up to allow only unusual methods.</source>
        <translation>它的 SSH 服务太旧，或者被设置成只允许少见的加密方式。</translation>
    </message>
    <message>
        <source>Update OpenSSH on the instance, or choose a newer image.</source>
        <translation>请升级实例里的 OpenSSH，或者换一个新一点的镜像。</translation>
    </message>
    <message>
        <source>RunPod&apos;s proxy allows a terminal only</source>
        <translation>RunPod 的代理只能开终端</translation>
    </message>
    <message>
        <source>ssh.runpod.io runs no commands and copies no files, so there is nothing to read figures from.</source>
        <translation>ssh.runpod.io 不能执行命令，也不能传文件，所以读不到任何数据。</translation>
    </message>
    <message>
        <source>In the pod&apos;s Connect page, copy the command under “SSH over exposed TCP” and paste it here.</source>
        <translation>请在 Pod 的 Connect 页面复制“SSH over exposed TCP”下面的命令，再粘贴到这里。</translation>
    </message>
    <message>
        <source>The instance refused to start the command</source>
        <translation>实例拒绝执行命令</translation>
    </message>
    <message>
        <source>It is out of memory or processes, or it limits how many commands one connection may run.</source>
        <translation>内存或进程数用完了，或者它限制了一个连接能同时执行的命令数。</translation>
    </message>
    <message>
        <source>Close what you do not need on the instance, then try again.</source>
        <translation>请先关掉实例上不需要的程序，再重试。</translation>
    </message>
    <message>
        <source>The instance cannot be saved like this</source>
        <translation>这样不能保存实例</translation>
    </message>
    <message>
        <source>The name is empty or another instance has it already, or the address is missing.</source>
        <translation>名称为空、与别的实例重名，或者没有填地址。</translation>
    </message>
    <message>
        <source>Give it a name of its own and an address.</source>
        <translation>请填一个不重复的名称和地址。</translation>
    </message>
    <message>
        <source>Something is missing</source>
        <translation>缺少必要的信息</translation>
    </message>
    <message>
        <source>What was asked for cannot be done with the values given.</source>
        <translation>用现在填的内容没法完成这个操作。</translation>
    </message>
    <message>
        <source>Check the instance&apos;s settings.</source>
        <translation>请检查实例的设置。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>You stopped it.</source>
        <translation>你取消了操作。</translation>
    </message>
    <message>
        <source>You can start it again.</source>
        <translation>可以重新开始。</translation>
    </message>
    <message>
        <source>The instance could not report its figures</source>
        <translation>实例没能报告数据</translation>
    </message>
    <message>
        <source>The small script that reads them ended early. Usually memory or processes ran out there, or the system is unusually cut down.</source>
        <translation>读取数据的小脚本提前结束了。通常是那边的内存或进程数用完了，或者系统精简得太厉害。</translation>
    </message>
    <message>
        <source>The jump host could not reach the instance</source>
        <translation>跳板机连不上实例</translation>
    </message>
    <message>
        <source>The instance may be switched off, or the jump host may not forward connections.</source>
        <translation>实例可能已关机，或者跳板机不允许转发。</translation>
    </message>
    <message>
        <source>Check that the instance is running and that the jump host is the right one.</source>
        <translation>请确认实例正在运行，跳板机也没有填错。</translation>
    </message>
    <message>
        <source>The command failed on the instance</source>
        <translation>命令在实例上执行失败</translation>
    </message>
    <message>
        <source>The instance answered, but what was asked of it did not work.</source>
        <translation>实例有回应，但要做的事没有成功。</translation>
    </message>
    <message>
        <source>The details below hold the instance&apos;s own words.</source>
        <translation>下面的详情里有实例的原话。</translation>
    </message>
    <message>
        <source>This instance is no longer saved</source>
        <translation>这个实例已不在列表里</translation>
    </message>
    <message>
        <source>It was removed in another window or by the command line.</source>
        <translation>它在另一个窗口或命令行里被删除了。</translation>
    </message>
    <message>
        <source>Add it again by pasting its login command.</source>
        <translation>粘贴登录指令就能重新添加。</translation>
    </message>
    <message>
        <source>No password is stored for this instance</source>
        <translation>没有保存这个实例的密码</translation>
    </message>
    <message>
        <source>It was never saved on this computer, or it was removed from the keychain.</source>
        <translation>这台电脑从没保存过，或者已从钥匙串里删除。</translation>
    </message>
    <message>
        <source>Enter it; Danlu can remember it.</source>
        <translation>请输入密码，丹炉可以记住它。</translation>
    </message>
    <message>
        <source>The key file is not there</source>
        <translation>密钥文件不存在</translation>
    </message>
    <message>
        <source>It was moved, renamed or deleted.</source>
        <translation>它被移动、改名或删除了。</translation>
    </message>
    <message>
        <source>%1 was moved, renamed or deleted.</source>
        <translation>%1 被移动、改名或删除了。</translation>
    </message>
    <message>
        <source>Choose the key file again.</source>
        <translation>请重新选择密钥文件。</translation>
    </message>
    <message>
        <source>The file is not there</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>%1 is not there</source>
        <translation>%1 不存在</translation>
    </message>
    <message>
        <source>It was moved, renamed or deleted, or a data disk is not mounted.</source>
        <translation>它被移动、改名或删除了，或者数据盘没有挂载。</translation>
    </message>
    <message>
        <source>Check the path, then try again.</source>
        <translation>请检查路径后重试。</translation>
    </message>
    <message>
        <source>The keychain refused access</source>
        <translation>系统钥匙串拒绝访问</translation>
    </message>
    <message>
        <source>It is locked, or access for Danlu was declined.</source>
        <translation>它已锁定，或者没有允许丹炉访问。</translation>
    </message>
    <message>
        <source>Unlock it and allow Danlu, or type the password.</source>
        <translation>请解锁并允许丹炉访问，或者直接输入密码。</translation>
    </message>
    <message>
        <source>Danlu may not write its settings</source>
        <translation>丹炉无法写入设置</translation>
    </message>
    <message>
        <source>The settings folder belongs to another user or is read-only.</source>
        <translation>设置文件夹属于别的用户，或者是只读的。</translation>
    </message>
    <message>
        <source>Make the folder writable, then try again.</source>
        <translation>请让文件夹可写，然后重试。</translation>
    </message>
    <message>
        <source>The key file may not be read</source>
        <translation>没有权限读取密钥文件</translation>
    </message>
    <message>
        <source>It belongs to another user of this computer.</source>
        <translation>它属于这台电脑上的另一个用户。</translation>
    </message>
    <message>
        <source>Choose a key of your own, or change who may read the file.</source>
        <translation>请选择自己的密钥，或者修改文件的读取权限。</translation>
    </message>
    <message>
        <source>The instance denied access</source>
        <translation>实例上没有权限</translation>
    </message>
    <message>
        <source>The instance denied access to %1</source>
        <translation>没有权限访问实例上的 %1</translation>
    </message>
    <message>
        <source>The file belongs to another user there, or the disk is read-only, as public data disks are.</source>
        <translation>文件属于那边的另一个用户，或者磁盘是只读的，公共数据盘就是这样。</translation>
    </message>
    <message>
        <source>Use a folder of your own, such as the data disk.</source>
        <translation>请用自己的文件夹，比如数据盘。</translation>
    </message>
    <message>
        <source>This computer&apos;s disk is full</source>
        <translation>这台电脑的磁盘满了</translation>
    </message>
    <message>
        <source>Danlu could not save its settings; the old ones are untouched.</source>
        <translation>丹炉没能保存设置，原来的设置没有动。</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>请腾出一些空间后重试。</translation>
    </message>
    <message>
        <source>The instance&apos;s disk is full</source>
        <translation>实例的磁盘满了</translation>
    </message>
    <message>
        <source>The system disk is small and fills with conda packages, download caches and Jupyter&apos;s trash, which still counts.</source>
        <translation>系统盘不大，conda 的包、下载缓存和 Jupyter 的回收站（里面的文件也占空间）很容易把它塞满。</translation>
    </message>
    <message>
        <source>Delete what you do not need, or put data on the data disk.</source>
        <translation>请删掉不需要的文件，或者把数据放到数据盘。</translation>
    </message>
    <message>
        <source>The disk takes no more files</source>
        <translation>磁盘放不下更多文件了</translation>
    </message>
    <message>
        <source>There is space left, but the number of files is limited: AutoDL&apos;s file storage stops at 200,000 files, however small they are.</source>
        <translation>空间还有，但文件个数有上限：AutoDL 的文件存储最多放 20 万个文件，再小也算一个。</translation>
    </message>
    <message>
        <source>Pack many small files into one archive, or use the data disk.</source>
        <translation>请把大量小文件打成一个压缩包，或者放到数据盘。</translation>
    </message>
    <message>
        <source>Danlu&apos;s settings could not be read or saved</source>
        <translation>丹炉的设置无法读取或保存</translation>
    </message>
    <message>
        <source>This computer reported a problem with the file.</source>
        <translation>系统报告这个文件有问题。</translation>
    </message>
    <message>
        <source>This computer reported a problem with %1.</source>
        <translation>系统报告 %1 有问题。</translation>
    </message>
    <message>
        <source>Check that the disk is not full and the folder is yours.</source>
        <translation>请确认磁盘没有满，文件夹也属于你。</translation>
    </message>
    <message>
        <source>The keychain could not be used</source>
        <translation>系统钥匙串无法使用</translation>
    </message>
    <message>
        <source>The system&apos;s password store reported a problem.</source>
        <translation>系统的密码存储报告了问题。</translation>
    </message>
    <message>
        <source>Type the password; it is kept until Danlu is closed.</source>
        <translation>请直接输入密码，丹炉会记到关闭为止。</translation>
    </message>
    <message>
        <source>The key file could not be read</source>
        <translation>密钥文件读不出来</translation>
    </message>
    <message>
        <source>It is missing, or this computer reported a problem with it.</source>
        <translation>文件不存在，或者系统报告它有问题。</translation>
    </message>
    <message>
        <source>A file on this computer could not be read or written</source>
        <translation>这台电脑上有文件读写失败</translation>
    </message>
    <message>
        <source>It is in use by another program, the disk is full, or the folder is not yours.</source>
        <translation>它正被别的程序占用、磁盘满了，或者文件夹不属于你。</translation>
    </message>
    <message>
        <source>Close other programs that use it, then try again.</source>
        <translation>请关闭占用它的程序后重试。</translation>
    </message>
    <message>
        <source>No login command was found in this text</source>
        <translation>这段文字里没有登录指令</translation>
    </message>
    <message>
        <source>Danlu looks for something like “ssh -p 35394 root@region-1.autodl.com”.</source>
        <translation>丹炉要找的是类似“ssh -p 35394 root@region-1.autodl.com”这样的内容。</translation>
    </message>
    <message>
        <source>Copy the whole login command from the provider&apos;s console and paste it again.</source>
        <translation>请到平台控制台完整复制登录指令，再粘贴一次。</translation>
    </message>
    <message>
        <source>Danlu&apos;s list of instances was damaged</source>
        <translation>丹炉的实例列表已损坏</translation>
    </message>
    <message>
        <source>The file could not be understood. It was set aside, not deleted.</source>
        <translation>文件内容无法识别，已另存，没有删除。</translation>
    </message>
    <message>
        <source>Add your instances again by pasting their login commands.</source>
        <translation>请粘贴登录指令，重新添加实例。</translation>
    </message>
    <message>
        <source>The instance&apos;s figures could not be read</source>
        <translation>读不懂实例发来的数据</translation>
    </message>
    <message>
        <source>Something else printed into the same connection, or a tool there prints in a form that Danlu does not know.</source>
        <translation>有别的内容混进了同一个连接，或者那边某个工具的输出格式丹炉不认识。</translation>
    </message>
    <message>
        <source>Try again; if it stays so, report it with the details below.</source>
        <translation>请重试；如果一直这样，请带上下面的详情反馈给我们。</translation>
    </message>
    <message>
        <source>An answer could not be understood</source>
        <translation>有一段回应无法识别</translation>
    </message>
    <message>
        <source>It was cut off, or has a form that Danlu does not know.</source>
        <translation>内容被截断了，或者格式丹炉不认识。</translation>
    </message>
    <message>
        <source>This computer has no password store</source>
        <translation>这台电脑没有密码存储服务</translation>
    </message>
    <message>
        <source>No keychain service is running, and Danlu never writes passwords to a file.</source>
        <translation>没有钥匙串服务在运行，而丹炉从不把密码写进文件。</translation>
    </message>
    <message>
        <source>Passwords are kept until Danlu is closed. Setting up a key makes them unnecessary.</source>
        <translation>密码只会记到丹炉关闭为止。设置密钥登录后就不再需要密码。</translation>
    </message>
    <message>
        <source>The instance asks for another way of signing in</source>
        <translation>实例要求用别的方式登录</translation>
    </message>
    <message>
        <source>It takes neither what you chose nor any other way that Danlu knows. Many providers take keys only.</source>
        <translation>它既不接受你选的方式，也不接受丹炉会的其他方式。很多平台只接受密钥。</translation>
    </message>
    <message>
        <source>Choose a key, or look in the provider&apos;s console for the way it wants.</source>
        <translation>请选择一个密钥，或者到平台控制台看看它要求什么方式。</translation>
    </message>
    <message>
        <source>The settings were written by a newer Danlu</source>
        <translation>设置由更新版本的丹炉写入</translation>
    </message>
    <message>
        <source>This version cannot read them without losing something.</source>
        <translation>当前版本读取它会丢失内容。</translation>
    </message>
    <message>
        <source>Update Danlu.</source>
        <translation>请升级丹炉。</translation>
    </message>
    <message>
        <source>This instance cannot do that</source>
        <translation>这个实例做不到</translation>
    </message>
    <message>
        <source>A tool or a feature that is needed is missing there.</source>
        <translation>那边缺少需要的工具或功能。</translation>
    </message>
    <message>
        <source>The details below say which.</source>
        <translation>下面的详情里写明了缺什么。</translation>
    </message>
    <message>
        <source>The copy differs from the original</source>
        <translation>复制后的文件与原文件不一致</translation>
    </message>
    <message>
        <source>The file changed while it was copied, or the transfer was damaged.</source>
        <translation>复制时文件被改动了，或者传输出了错。</translation>
    </message>
    <message>
        <source>Copy it again.</source>
        <translation>请重新复制。</translation>
    </message>
    <message>
        <source>Something went wrong inside Danlu</source>
        <translation>丹炉内部出错了</translation>
    </message>
    <message>
        <source>This is not your fault.</source>
        <translation>这不是你的问题。</translation>
    </message>
    <message>
        <source>Open the disks</source>
        <translation>查看磁盘</translation>
    </message>
    <message>
        <source>A file or folder on this computer is not there</source>
        <translation>本机上的文件或文件夹不存在</translation>
    </message>
    <message>
        <source>It was moved, renamed or deleted since, or its disk is not connected.</source>
        <translation>它已被移动、改名或删除，或者所在磁盘没有接上。</translation>
    </message>
    <message>
        <source>Bring it back, then try again.</source>
        <translation>把它放回原处，然后重试。</translation>
    </message>
    <message>
        <source>This computer denied access to a file or folder</source>
        <translation>本机拒绝访问某个文件或文件夹</translation>
    </message>
    <message>
        <source>It belongs to another user, is read-only, or is protected by the system.</source>
        <translation>它属于其他用户、是只读的，或受系统保护。</translation>
    </message>
    <message>
        <source>Change who may use it, or choose a folder of your own.</source>
        <translation>修改它的权限，或换一个属于你自己的文件夹。</translation>
    </message>
    <message>
        <source>What is being copied does not fit into the folder&apos;s disk. What has arrived already is kept.</source>
        <translation>文件夹所在的磁盘放不下要传输的内容。已经到达的部分会保留。</translation>
    </message>
    <message>
        <source>Free some space here, or choose a folder on another disk, then try again.</source>
        <translation>在本机腾出一些空间，或换一个磁盘上的文件夹，然后重试。</translation>
    </message>
    <message>
        <source>This computer&apos;s disk takes no more files</source>
        <translation>本机磁盘无法再存放更多文件</translation>
    </message>
    <message>
        <source>There is space left, but the number of files on it is limited.</source>
        <translation>空间还有，但磁盘上的文件数量已达上限。</translation>
    </message>
    <message>
        <source>Choose a folder on another disk, then try again.</source>
        <translation>换一个磁盘上的文件夹，然后重试。</translation>
    </message>
    <message>
        <source>A file with this name is there already</source>
        <translation>已有同名文件</translation>
    </message>
    <message>
        <source>Danlu never writes over a key.</source>
        <translation>丹炉从不覆盖已有的密钥。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名字。</translation>
    </message>
    <message>
        <source>The key agent refused</source>
        <translation>密钥代理拒绝了请求</translation>
    </message>
    <message>
        <source>It does not take this kind of key, or it is locked.</source>
        <translation>它不支持这种密钥，或者已被锁定。</translation>
    </message>
    <message>
        <source>Unlock the agent, then try again.</source>
        <translation>请解锁密钥代理后重试。</translation>
    </message>
    <message>
        <source>The list of keys on the instance could not be changed</source>
        <translation>无法修改实例上的密钥列表</translation>
    </message>
    <message>
        <source>The instance answered, but did not let ~/.ssh/authorized_keys be written.</source>
        <translation>实例有响应，但没能写入 ~/.ssh/authorized_keys。</translation>
    </message>
    <message>
        <source>The instance&apos;s list of keys leads nowhere</source>
        <translation>实例上的密钥列表指向不存在的文件</translation>
    </message>
    <message>
        <source>~/.ssh/authorized_keys is a link to a file that is not there.</source>
        <translation>~/.ssh/authorized_keys 是一个链接，它指向的文件不存在。</translation>
    </message>
    <message>
        <source>Remove the link on the instance, then try again.</source>
        <translation>请在实例上删除这个链接后重试。</translation>
    </message>
    <message>
        <source>This computer denied access to a key file</source>
        <translation>本机拒绝访问密钥文件</translation>
    </message>
    <message>
        <source>This computer denied access to %1</source>
        <translation>本机拒绝访问 %1</translation>
    </message>
    <message>
        <source>The file or its folder belongs to another user, or is read-only.</source>
        <translation>文件或所在文件夹属于其他用户，或者是只读的。</translation>
    </message>
    <message>
        <source>Choose a folder of your own.</source>
        <translation>请选择自己的文件夹。</translation>
    </message>
    <message>
        <source>The instance does not let its list of keys be changed</source>
        <translation>实例不允许修改密钥列表</translation>
    </message>
    <message>
        <source>~/.ssh or authorized_keys there is read-only, locked, or belongs to another user.</source>
        <translation>那里的 ~/.ssh 或 authorized_keys 是只读的、被锁定，或者属于其他用户。</translation>
    </message>
    <message>
        <source>Add the key in the provider&apos;s console instead: copy the public key on the Keys page.</source>
        <translation>可以改在平台控制台添加：在“密钥”页复制公钥即可。</translation>
    </message>
    <message>
        <source>The key could not be written; nothing is left of it.</source>
        <translation>密钥没能写入，也没有留下残余文件。</translation>
    </message>
    <message>
        <source>This is no key that Danlu can read</source>
        <translation>丹炉读不了这个密钥</translation>
    </message>
    <message>
        <source>The file is damaged, or it is something else.</source>
        <translation>文件已损坏，或者它不是密钥。</translation>
    </message>
    <message>
        <source>Danlu can&apos;t use this kind of key</source>
        <translation>丹炉不能使用这种密钥</translation>
    </message>
    <message>
        <source>Keys on security keys, certificates and DSA are not supported.</source>
        <translation>不支持硬件安全密钥、证书和 DSA 密钥。</translation>
    </message>
    <message>
        <source>Use an Ed25519, ECDSA or RSA key.</source>
        <translation>请使用 Ed25519、ECDSA 或 RSA 密钥。</translation>
    </message>
    <message>
        <source>Nothing answers where the tunnel leads</source>
        <translation>隧道通向的地方没有应答</translation>
    </message>
    <message>
        <source>The program there does not run, or listens on another port or address.</source>
        <translation>那里的程序没有运行，或在监听别的端口或地址。</translation>
    </message>
    <message>
        <source>Start it, or change where the tunnel leads.</source>
        <translation>启动它，或修改隧道的目标。</translation>
    </message>
    <message>
        <source>This tunnel can&apos;t be used like this</source>
        <translation>隧道不能这样用</translation>
    </message>
    <message>
        <source>Another tunnel has the port already, or the address is none of this computer.</source>
        <translation>已有隧道占用该端口，或该地址不属于本机。</translation>
    </message>
    <message>
        <source>Choose another port or address.</source>
        <translation>请换一个端口或地址。</translation>
    </message>
    <message>
        <source>The job can&apos;t run like this</source>
        <translation>任务不能这样运行</translation>
    </message>
    <message>
        <source>The command, a variable or a pattern is not what it should be.</source>
        <translation>命令、变量或匹配模式不正确。</translation>
    </message>
    <message>
        <source>Change what the details below name.</source>
        <translation>请修改下方详情指出的内容。</translation>
    </message>
    <message>
        <source>The instance does not listen on this port</source>
        <translation>实例无法监听此端口</translation>
    </message>
    <message>
        <source>Another program there has it, or its SSH server does not allow tunnels (AllowTcpForwarding).</source>
        <translation>该端口被实例上的其他程序占用，或 SSH 服务器不允许隧道（AllowTcpForwarding）。</translation>
    </message>
    <message>
        <source>Choose another port.</source>
        <translation>请换一个端口。</translation>
    </message>
    <message>
        <source>The instance could not do that with its job</source>
        <translation>实例未能对任务执行此操作</translation>
    </message>
    <message>
        <source>The job may have ended meanwhile, or a tool is missing there.</source>
        <translation>任务可能已结束，或实例上缺少工具。</translation>
    </message>
    <message>
        <source>The job is not on the instance any more</source>
        <translation>任务已不在实例上</translation>
    </message>
    <message>
        <source>It was removed there, or the instance was set up anew.</source>
        <translation>它已在实例上被删除，或实例被重置。</translation>
    </message>
    <message>
        <source>Read the list again.</source>
        <translation>请重新读取列表。</translation>
    </message>
    <message>
        <source>This port may not be used for a tunnel</source>
        <translation>此端口不能用于隧道</translation>
    </message>
    <message>
        <source>Ports below 1024 belong to the system; or the SSH server on the instance does not allow tunnels (AllowTcpForwarding).</source>
        <translation>1024 以下的端口属于系统；或实例的 SSH 服务器不允许隧道（AllowTcpForwarding）。</translation>
    </message>
    <message>
        <source>Choose a port from 1024 on. If that fails too, it is the server.</source>
        <translation>请选 1024 及以上的端口。如果仍失败，就是服务器的限制。</translation>
    </message>
    <message>
        <source>Another program on this computer has the port</source>
        <translation>本机的其他程序占用了该端口</translation>
    </message>
    <message>
        <source>Often it is a tunnel or a server that was started before, in another window.</source>
        <translation>通常是之前在别的窗口启动的隧道或服务。</translation>
    </message>
    <message>
        <source>Choose another port, or end that program.</source>
        <translation>换一个端口，或结束那个程序。</translation>
    </message>
    <message>
        <source>This server&apos;s key has been revoked</source>
        <translation>这台服务器的密钥已被吊销</translation>
    </message>
    <message>
        <source>A line of the known_hosts file on this computer says that this key must not be trusted any more. No password was sent.</source>
        <translation>本机 known_hosts 文件中有一行声明不再信任此密钥。没有发送密码。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server for its new key. Take the @revoked line out of the file only if you know why it is there.</source>
        <translation>请向服务器的管理者索取新密钥。只有清楚 @revoked 这一行的来由时，才可以把它从文件中删去。</translation>
    </message>
    <message>
        <source>The instance could not do that with the file</source>
        <translation>实例没能完成对该文件的操作</translation>
    </message>
    <message>
        <source>It does not say why. Often the disk is full or takes no more files, something of this name is in the way, or a folder is not empty.</source>
        <translation>实例没有说明原因。常见原因：磁盘已满或文件数达到上限、同名文件挡住了，或文件夹不为空。</translation>
    </message>
    <message>
        <source>Look whether the disk has room and the name is free, then try again.</source>
        <translation>请检查磁盘是否还有空间、名称是否被占用，然后重试。</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>d</source>
        <extracomment>days, after a number: &quot;9 d&quot;</extracomment>
        <translation>天</translation>
    </message>
    <message>
        <source>h</source>
        <extracomment>hours, after a number: &quot;3 h&quot;</extracomment>
        <translation>小时</translation>
    </message>
    <message>
        <source>m</source>
        <extracomment>minutes, after a number: &quot;12 m&quot;</extracomment>
        <translation>分</translation>
    </message>
    <message>
        <source>s</source>
        <extracomment>seconds, after a number: &quot;45 s&quot;</extracomment>
        <translation>秒</translation>
    </message>
    <message>
        <source>MMM d</source>
        <extracomment>Month and day in QDate&apos;s pattern language; zh: M月d日</extracomment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>%1 is a date such as &quot;Nov 23&quot;, %2 a time such as &quot;14:03&quot;</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1/h</source>
        <extracomment>A price per hour: &quot;¥3.96/h&quot;</extracomment>
        <translation>%1/小时</translation>
    </message>
</context>
<context>
    <name>Money</name>
    <message>
        <source>may be gone</source>
        <extracomment>The provider may have deleted the instance with its data</extracomment>
        <translation>可能已被释放</translation>
    </message>
    <message>
        <source>in %1 at the earliest</source>
        <extracomment>When the provider deletes the instance; %1 is a duration</extracomment>
        <translation>最早 %1 后</translation>
    </message>
    <message>
        <source>Today&apos;s budget is used up</source>
        <translation>今天的预算已用完</translation>
    </message>
    <message>
        <source>This month&apos;s budget is used up</source>
        <translation>本月的预算已用完</translation>
    </message>
    <message>
        <source>80 % of today&apos;s budget are used</source>
        <translation>今天的预算已用 80 %</translation>
    </message>
    <message>
        <source>80 % of this month&apos;s budget are used</source>
        <translation>本月的预算已用 80 %</translation>
    </message>
    <message>
        <source>%1 of %2. What runs goes on running: stop what you don&apos;t need.</source>
        <extracomment>Both are amounts of money</extracomment>
        <translation>%1 / %2。正在运行的不会停：不需要的请自己关机。</translation>
    </message>
    <message>
        <source>%1 may have been released with its data</source>
        <translation>%1 及其数据可能已被释放</translation>
    </message>
    <message>
        <source>%1 may be released in %2, with its data</source>
        <extracomment>%1 is an instance, %2 a duration</extracomment>
        <translation>%1 可能在 %2 后连同数据一起被释放</translation>
    </message>
    <message>
        <source>The provider deletes instances that stay powered off. Start it once in the console, without a GPU if that is cheaper, or fetch what you need.</source>
        <translation>平台会删除长期关机的实例。请在控制台开机一次（可用更便宜的无卡模式），或把需要的数据取回来。</translation>
    </message>
</context>
<context>
    <name>Monitor</name>
    <message>
        <source>nvidia-smi is not there</source>
        <translation>没有 nvidia-smi</translation>
    </message>
    <message>
        <source>This machine has no NVIDIA driver tools: it may have no GPU at all, or the image was made without them.</source>
        <translation>这台机器没有 NVIDIA 驱动工具：可能根本没有显卡，也可能镜像里没装。</translation>
    </message>
    <message>
        <source>If you rent a GPU, choose the provider&apos;s standard image.</source>
        <translation>如果租的是带显卡的实例，请选平台提供的标准镜像。</translation>
    </message>
    <message>
        <source>No GPU is attached</source>
        <translation>没有接入显卡</translation>
    </message>
    <message>
        <source>The driver is there but sees no card. The instance may run without GPU, or the card was taken away from it.</source>
        <translation>驱动在，但看不到显卡。实例可能是无卡模式开机，或者显卡已被收回。</translation>
    </message>
    <message>
        <source>Look in the provider&apos;s console whether it was started with a GPU.</source>
        <translation>请到平台控制台看看是不是带卡开机的。</translation>
    </message>
    <message>
        <source>The NVIDIA driver does not answer</source>
        <translation>NVIDIA 驱动没有回应</translation>
    </message>
    <message>
        <source>The driver on the host crashed, is being updated, or is not loaded. That is outside of your instance.</source>
        <translation>宿主机上的驱动崩溃了、正在升级或没有加载，这不在你的实例里面。</translation>
    </message>
    <message>
        <source>Restart the instance; if it stays so, tell the provider.</source>
        <translation>请重启实例；如果还是这样，请联系平台客服。</translation>
    </message>
    <message>
        <source>The driver and its tools do not match</source>
        <translation>驱动和工具的版本对不上</translation>
    </message>
    <message>
        <source>The host&apos;s driver was updated while this instance was running, or a driver was installed inside the instance with apt.</source>
        <translation>实例运行期间宿主机升级了驱动，或者有人在实例里用 apt 装了驱动。</translation>
    </message>
    <message>
        <source>Restart the instance; remove drivers that were installed in it.</source>
        <translation>请重启实例，并卸载装在实例里的驱动。</translation>
    </message>
    <message>
        <source>The GPU can no longer be reached from this container</source>
        <translation>容器里已经访问不到显卡</translation>
    </message>
    <message>
        <source>Containers lose their GPU when the host reloads its services; programs that already run often go on.</source>
        <translation>宿主机重载服务后，容器会丢掉显卡；已经在跑的程序通常不受影响。</translation>
    </message>
    <message>
        <source>Let running work finish, then restart the instance.</source>
        <translation>等正在跑的任务结束，再重启实例。</translation>
    </message>
    <message>
        <source>A GPU stopped responding</source>
        <translation>有一张显卡失去响应</translation>
    </message>
    <message>
        <source>The card fell off the bus, from overheating, power or a hardware fault.</source>
        <translation>显卡掉卡了，原因可能是过热、供电或硬件故障。</translation>
    </message>
    <message>
        <source>Save what you can, restart the instance, and tell the provider.</source>
        <translation>请尽快保存结果，重启实例，并联系平台客服。</translation>
    </message>
    <message>
        <source>nvidia-smi may not be run here</source>
        <translation>没有权限运行 nvidia-smi</translation>
    </message>
    <message>
        <source>The user has no access to the GPU, or the instance runs without one.</source>
        <translation>当前用户不能访问显卡，或者实例是无卡模式开机。</translation>
    </message>
    <message>
        <source>This driver does not know a figure that was asked for</source>
        <translation>这个驱动不认识所查询的某个数据</translation>
    </message>
    <message>
        <source>It is older or newer than what Danlu knows.</source>
        <translation>它比丹炉认识的版本更旧或更新。</translation>
    </message>
    <message>
        <source>Report it with the details below.</source>
        <translation>请带上下面的详情反馈给我们。</translation>
    </message>
    <message>
        <source>nvidia-smi does not answer</source>
        <translation>nvidia-smi 没有回应</translation>
    </message>
    <message>
        <source>The driver is busy or hangs; this happens while a program crashes or when a card is failing. The other figures go on.</source>
        <translation>驱动很忙或卡住了，程序崩溃时或显卡出故障时会这样。其他数据照常更新。</translation>
    </message>
    <message>
        <source>Wait a minute; if it stays so, restart the instance.</source>
        <translation>请等一分钟；如果还是这样，请重启实例。</translation>
    </message>
    <message>
        <source>The GPU figures could not be read</source>
        <translation>读不到显卡数据</translation>
    </message>
    <message>
        <source>nvidia-smi printed nothing, or something that Danlu does not know.</source>
        <translation>nvidia-smi 什么也没输出，或者输出了丹炉不认识的内容。</translation>
    </message>
    <message>
        <source>Run nvidia-smi in a terminal; report it with the details below.</source>
        <translation>请在终端里运行 nvidia-smi 看看，并带上下面的详情反馈给我们。</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <extracomment>%1 is the number of the card as nvidia-smi counts</extracomment>
        <translation>显卡 %1</translation>
    </message>
    <message>
        <source>No-GPU mode, ¥0.1/h</source>
        <extracomment>AutoDL&apos;s mode for setting up without a card; zh: 无卡模式，¥0.1/小时</extracomment>
        <translation>无卡模式，¥0.1/小时</translation>
    </message>
    <message>
        <source>No-GPU mode</source>
        <translation>无卡模式</translation>
    </message>
    <message>
        <source>container limit (cgroup v2)</source>
        <extracomment>Where a figure comes from</extracomment>
        <translation>容器限额（cgroup v2）</translation>
    </message>
    <message>
        <source>container limit (cgroup v1)</source>
        <translation>容器限额（cgroup v1）</translation>
    </message>
    <message>
        <source>whole host: the container has no limit</source>
        <translation>整台宿主机（容器没有限额）</translation>
    </message>
    <message>
        <source>System disk</source>
        <translation>系统盘</translation>
    </message>
    <message>
        <source>Data disk</source>
        <translation>数据盘</translation>
    </message>
    <message>
        <source>Shared storage</source>
        <translation>文件存储</translation>
    </message>
    <message>
        <source>Public data</source>
        <translation>公共数据</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Read-only; copy out what you use</source>
        <translation>只读，要用的数据请先复制出来</translation>
    </message>
    <message>
        <source>Survives power-off and is saved with the image; lost on reset or release</source>
        <translation>关机不丢，随镜像一起保存；重置系统或释放实例后清空</translation>
    </message>
    <message>
        <source>Survives power-off and reset, not saved with the image; lost on release</source>
        <translation>关机、重置系统不丢，不随镜像保存；释放实例后清空</translation>
    </message>
    <message>
        <source>Survives everything, seen by all your instances of the region</source>
        <translation>关机、重置、释放都不丢，同地区的实例共享</translation>
    </message>
</context>
<context>
    <name>TunnelWords</name>
    <message>
        <source>Local</source>
        <extracomment>Kind of tunnel: a port of this computer leads to the instance</extracomment>
        <translation>本地</translation>
    </message>
    <message>
        <source>Remote</source>
        <extracomment>Kind of tunnel: a port of the instance leads to this computer</extracomment>
        <translation>远程</translation>
    </message>
    <message>
        <source>SOCKS proxy</source>
        <translation>SOCKS 代理</translation>
    </message>
    <message>
        <source>all addresses, port %1</source>
        <extracomment>Where a tunnel listens; %1 is a port</extracomment>
        <translation>所有地址，端口 %1</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Waits for the connection</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>On; the target refused</source>
        <translation>已开启；目标拒绝连接</translation>
    </message>
    <message>
        <source>On</source>
        <translation>已开启</translation>
    </message>
    <message>
        <source>Port %1 is in use</source>
        <translation>端口 %1 被占用</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Port %1 is in use on this computer</source>
        <translation>本机端口 %1 被占用</translation>
    </message>
    <message>
        <source>%1 is free: take it, or end the other program.</source>
        <extracomment>%1 is a port</extracomment>
        <translation>%1 空闲：改用它，或结束占用的程序。</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>The saved instances could not be read.</source>
        <translation>无法读取保存的实例。</translation>
    </message>
    <message>
        <source>The file of saved instances was broken. Danlu starts with an empty list; the broken file is kept.</source>
        <translation>保存实例的文件已损坏。Danlu 从空列表开始，损坏的文件已另存。</translation>
    </message>
    <message>
        <source>The list of transfers was broken. A new one is begun; the broken file is kept.</source>
        <translation>传输列表已损坏，已新建一份；损坏的文件已保留。</translation>
    </message>
    <message>
        <source>Another Danlu has the list of transfers. Copies that you start here end with this window.</source>
        <translation>传输列表正由另一个丹炉窗口管理。在这里开始的传输会随本窗口一起结束。</translation>
    </message>
    <message numerus="yes">
        <source>%n saved instance(s) could not be read and are left out. The file as it was is kept.</source>
        <translation>
            <numerusform>有 %n 个已保存的实例无法读取，已略过。原来的文件已另存。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Banner</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the technical details</source>
        <translation>复制技术详情</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭这条提示</translation>
    </message>
</context>
<context>
    <name>ui::BigNumber</name>
    <message>
        <source>%1: %2</source>
        <extracomment>A named figure, for screen readers: &quot;GPU 0 utilisation: 97 %&quot;</extracomment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>ui::PasswordField</name>
    <message>
        <source>Hide the password</source>
        <translation>隐藏密码</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>显示密码</translation>
    </message>
</context>
<context>
    <name>ui::Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
</context>
<context>
    <name>ui::TableView</name>
    <message>
        <source>Copy rows</source>
        <translation>复制所选行</translation>
    </message>
</context>
<context>
    <name>ui::catalog::AutodlCard</name>
    <message>
        <source>%1. %2</source>
        <extracomment>%1: what happened, %2: what to do</extracomment>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>The token is in the keychain.</source>
        <translation>令牌已存入钥匙串。</translation>
    </message>
    <message>
        <source>The token is kept until Danlu is closed.</source>
        <translation>令牌保留到丹炉关闭。</translation>
    </message>
    <message>
        <source>The token is forgotten.</source>
        <translation>令牌已删除。</translation>
    </message>
    <message>
        <source>No token is kept. Paste one and save it first.</source>
        <translation>没有保存令牌。请先粘贴并保存。</translation>
    </message>
    <message>
        <source>Asking AutoDL…</source>
        <translation>正在询问 AutoDL…</translation>
    </message>
    <message>
        <source>Balance %1</source>
        <translation>余额 %1</translation>
    </message>
    <message>
        <source>vouchers %1</source>
        <translation>代金券 %1</translation>
    </message>
    <message>
        <source>spent so far %1</source>
        <translation>累计消费 %1</translation>
    </message>
    <message>
        <source>No Pro instances.</source>
        <translation>没有 Pro 实例。</translation>
    </message>
    <message>
        <source>Your AutoDL account</source>
        <translation>你的 AutoDL 账户</translation>
    </message>
    <message>
        <source>With the developer token of your AutoDL console, Danlu shows your balance and Pro instances. The token is kept in the keychain.</source>
        <translation>填入 AutoDL 控制台的开发者令牌后，丹炉会显示余额和 Pro 实例。令牌保存在钥匙串中。</translation>
    </message>
    <message>
        <source>With the developer token of your AutoDL console, Danlu shows your balance and Pro instances. There is no keychain: the token is kept until Danlu is closed.</source>
        <translation>填入 AutoDL 控制台的开发者令牌后，丹炉会显示余额和 Pro 实例。系统没有钥匙串：令牌保留到丹炉关闭。</translation>
    </message>
    <message>
        <source>Developer token</source>
        <translation>开发者令牌</translation>
    </message>
    <message>
        <source>AutoDL developer token</source>
        <translation>AutoDL 开发者令牌</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>The login command of %1 is on the clipboard.</source>
        <extracomment>%1 is an instance</extracomment>
        <translation>%1 的登录命令已复制到剪贴板。</translation>
    </message>
    <message>
        <source>AutoDL tells no password of %1.</source>
        <translation>AutoDL 没有给出 %1 的密码。</translation>
    </message>
    <message>
        <source>The password of %1 is on the clipboard for half a minute.</source>
        <translation>%1 的密码已复制到剪贴板，保留半分钟。</translation>
    </message>
    <message>
        <source>Copy login</source>
        <translation>复制登录命令</translation>
    </message>
    <message>
        <source>Copy password</source>
        <translation>复制密码</translation>
    </message>
    <message>
        <source>Add as instance</source>
        <translation>添加为实例</translation>
    </message>
    <message>
        <source>Show account</source>
        <translation>显示账户</translation>
    </message>
</context>
<context>
    <name>ui::catalog::CardModel</name>
    <message>
        <source>One of your instances has this card</source>
        <translation>你的实例中有这种卡</translation>
    </message>
    <message>
        <source>Also called %1</source>
        <translation>又名 %1</translation>
    </message>
    <message>
        <source>%1, yours</source>
        <translation>%1，你的</translation>
    </message>
    <message>
        <source>Place by %1; equal cards share one</source>
        <translation>按%1排名；相同的并列</translation>
    </message>
    <message>
        <source>Dense, TFLOPS; of NVIDIA cards with FP32 accumulate</source>
        <translation>稠密，TFLOPS；NVIDIA 卡为 FP32 累加</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>FP32</source>
        <translation>FP32</translation>
    </message>
    <message>
        <source>FP16 tensor</source>
        <translation>FP16 张量</translation>
    </message>
    <message>
        <source>BF16</source>
        <translation>BF16</translation>
    </message>
    <message>
        <source>Memory, GB</source>
        <translation>显存 GB</translation>
    </message>
    <message>
        <source>GB/s</source>
        <translation>GB/s</translation>
    </message>
    <message>
        <source>TDP, W</source>
        <translation>TDP W</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Capability</source>
        <extracomment>Compute capability of a card: &quot;8.9&quot;</extracomment>
        <translation>计算能力</translation>
    </message>
    <message>
        <source>CUDA from</source>
        <extracomment>The first CUDA version that can drive the card</extracomment>
        <translation>最低 CUDA</translation>
    </message>
</context>
<context>
    <name>ui::catalog::CardsPart</name>
    <message>
        <source>Cards</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Rank by</source>
        <translation>排名依据</translation>
    </message>
    <message>
        <source>Find a card: 4090, A100, Ada…</source>
        <translation>查找显卡：4090、A100、Ada…</translation>
    </message>
    <message>
        <source>Find a card</source>
        <translation>查找显卡</translation>
    </message>
    <message>
        <source>★ your cards</source>
        <translation>★ 你的卡</translation>
    </message>
    <message>
        <source>No card is called that</source>
        <translation>没有这样的显卡</translation>
    </message>
    <message>
        <source>Names are found as providers and nvidia-smi write them. A card that is not in the table is not known to Danlu.</source>
        <translation>按平台和 nvidia-smi 的写法都能找到。表中没有的卡，丹炉不认识。</translation>
    </message>
</context>
<context>
    <name>ui::catalog::CatalogPage</name>
    <message>
        <source>A file of prices was damaged. Danlu goes on with the prices that it came with; the damaged file is kept.</source>
        <translation>价格文件已损坏。丹炉改用自带价格；损坏的文件已保留。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Cards and prices</source>
        <translation>显卡与价格</translation>
    </message>
    <message>
        <source>Parts of the page</source>
        <translation>页面的各部分</translation>
    </message>
    <message>
        <source>For my job</source>
        <extracomment>Tabs of the page &quot;Cards and prices&quot;</extracomment>
        <translation>我的任务</translation>
    </message>
    <message>
        <source>Offers</source>
        <translation>报价</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>数据源</translation>
    </message>
</context>
<context>
    <name>ui::catalog::CompareCard</name>
    <message>
        <source>%1 ×</source>
        <extracomment>How many times one figure another is: &quot;0.43 ×&quot;</extracomment>
        <translation>%1 ×</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>%1 or newer</source>
        <translation>%1 或更新</translation>
    </message>
    <message>
        <source>BF16</source>
        <translation>BF16</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Compute capability, CUDA</source>
        <translation>计算能力，CUDA</translation>
    </message>
    <message>
        <source>FP16 figure</source>
        <translation>FP16 数据</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>The %1 needs an image with CUDA %2 or newer.</source>
        <translation>%1 需要 CUDA %2 或更新的镜像。</translation>
    </message>
    <message>
        <source>Type the CUDA or torch version of an image to see whether it drives the %1.</source>
        <translation>输入镜像的 CUDA 或 torch 版本，看能否驱动 %1。</translation>
    </message>
    <message>
        <source>Versions look like 12.4, and like 2.5.1 or 2.5.1+cu124 for torch.</source>
        <translation>版本形如 12.4；torch 形如 2.5.1 或 2.5.1+cu124。</translation>
    </message>
    <message>
        <source>Two cards compared</source>
        <translation>两卡对比</translation>
    </message>
    <message>
        <source>Second to first</source>
        <extracomment>Column: the second card&apos;s figure over the first one&apos;s</extracomment>
        <translation>第二与第一之比</translation>
    </message>
    <message>
        <source>First card</source>
        <translation>第一张卡</translation>
    </message>
    <message>
        <source>Second card</source>
        <translation>第二张卡</translation>
    </message>
    <message>
        <source>Image with CUDA</source>
        <translation>镜像的 CUDA</translation>
    </message>
    <message>
        <source>CUDA version of the image</source>
        <translation>镜像的 CUDA 版本</translation>
    </message>
    <message>
        <source>torch</source>
        <translation>torch</translation>
    </message>
    <message>
        <source>torch version of the image</source>
        <translation>镜像的 torch 版本</translation>
    </message>
</context>
<context>
    <name>ui::catalog::FeedsPart</name>
    <message>
        <source>Asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message numerus="yes">
        <source>%n offer(s), of %1</source>
        <extracomment>A source of prices; %1 is a time</extracomment>
        <translation>
            <numerusform>%n 个报价，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>%1. %2 %3</source>
        <extracomment>%1: what happened, %2: why, %3: what to do</extracomment>
        <translation>%1。%2%3</translation>
    </message>
    <message>
        <source>%1 The prices of the last time stand.</source>
        <extracomment>%1: what happened and what to do</extracomment>
        <translation>%1仍使用上次的价格。</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>Prices from the network</source>
        <translation>来自网络的价格</translation>
    </message>
    <message>
        <source>Off until you switch one on. Then Danlu asks it when you refresh, and once a day while this page is open. Nothing about you or your instances is sent.</source>
        <translation>默认全部关闭。打开后，刷新时以及此页打开期间每天询问一次。不会发送关于你或你的实例的任何信息。</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>%1, from the gpuhunt catalogue</source>
        <extracomment>A source of prices: provider and the server that is asked</extracomment>
        <translation>%1（来自 gpuhunt 目录）</translation>
    </message>
    <message>
        <source>Asks %1</source>
        <translation>询问 %1</translation>
    </message>
</context>
<context>
    <name>ui::catalog::JobForm</name>
    <message>
        <source>Your job</source>
        <translation>你的任务</translation>
    </message>
    <message>
        <source>It takes, hours</source>
        <translation>需要（小时）</translation>
    </message>
    <message>
        <source>on this card</source>
        <translation>在这种卡上</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>卡数</translation>
    </message>
    <message>
        <source>Memory needed, GB</source>
        <translation>所需显存 GB</translation>
    </message>
    <message>
        <source>Limited by</source>
        <translation>瓶颈</translation>
    </message>
    <message>
        <source>Set-up and uploads, hours</source>
        <translation>配置与上传（小时）</translation>
    </message>
    <message>
        <source>The hours on other cards are scaled by this figure alone: FP16 suits training with mixed precision, bandwidth suits text generation.</source>
        <translation>其他卡上的时长只按此数据换算：FP16 适合混合精度训练，带宽适合文本生成。</translation>
    </message>
    <message>
        <source>GPU memory, on each GPU; 0 = any</source>
        <translation>每张卡的显存；0 表示不限</translation>
    </message>
    <message>
        <source>Any</source>
        <extracomment>In a field: no memory is asked for</extracomment>
        <translation>不限</translation>
    </message>
    <message>
        <source>in no-GPU mode</source>
        <translation>用无卡模式</translation>
    </message>
    <message>
        <source>Where the provider has one: without its GPU an instance costs a few cents an hour, and installing and uploading need no more.</source>
        <translation>如果平台提供：无卡模式每小时只要几分到一角钱，安装和上传用它就够了。</translation>
    </message>
</context>
<context>
    <name>ui::catalog::JobModel</name>
    <message>
        <source>≈ %1</source>
        <extracomment>Before what is estimated: &quot;≈ ¥47.30&quot;</extracomment>
        <translation>≈ %1</translation>
    </message>
    <message>
        <source>With the GPU: %1</source>
        <translation>有卡：%1</translation>
    </message>
    <message>
        <source>Set-up in no-GPU mode: %1</source>
        <translation>无卡配置：%1</translation>
    </message>
    <message>
        <source>Set-up: %1</source>
        <translation>配置：%1</translation>
    </message>
    <message>
        <source>Estimate: your hours, scaled by %1 alone</source>
        <translation>估算：只按%1换算你的时长</translation>
    </message>
    <message>
        <source>The card you named</source>
        <translation>你指定的卡</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>花费</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Per hour</source>
        <translation>每小时</translation>
    </message>
    <message>
        <source>GPU memory, GB</source>
        <translation>显存 GB</translation>
    </message>
    <message>
        <source>To know</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>%1, old</source>
        <translation>%1，旧</translation>
    </message>
    <message>
        <source>Cores</source>
        <extracomment>CPU cores of all GPUs&apos; shares together</extracomment>
        <translation>核数</translation>
    </message>
    <message>
        <source>RAM, GB</source>
        <translation>内存 GB</translation>
    </message>
    <message>
        <source>Age</source>
        <extracomment>How long ago a price was seen</extracomment>
        <translation>价格时间</translation>
    </message>
</context>
<context>
    <name>ui::catalog::JobPart</name>
    <message>
        <source>%1 at %2 an hour</source>
        <extracomment>%1: how long it takes, %2: the price of an hour</extracomment>
        <translation>%1，每小时 %2</translation>
    </message>
    <message>
        <source>Name the card that you know the hours of.</source>
        <translation>请填写你知道时长的那种卡。</translation>
    </message>
    <message>
        <source>%1 of “%2” is not known: choose another figure or card.</source>
        <translation>“%2”的%1未知：请换一个数据或显卡。</translation>
    </message>
    <message>
        <source>No card is called “%1”. Try RTX 4090, A100 or what nvidia-smi says.</source>
        <translation>没有名为“%1”的显卡。试试 RTX 4090、A100 或 nvidia-smi 显示的名称。</translation>
    </message>
    <message>
        <source>No offer has that much memory on one GPU. Spread the job over several GPUs, or ask for less.</source>
        <translation>没有单卡显存这么大的报价。请用多卡，或减少所需显存。</translation>
    </message>
    <message>
        <source>Cheapest and fastest that fits</source>
        <translation>够用且最便宜、最快</translation>
    </message>
    <message>
        <source>Cheapest that fits</source>
        <translation>够用且最便宜</translation>
    </message>
    <message>
        <source>Fastest that fits</source>
        <translation>够用且最快</translation>
    </message>
    <message>
        <source>%1 an hour</source>
        <translation>每小时 %1</translation>
    </message>
    <message>
        <source>Price of %1 GPUs, %2 an hour</source>
        <translation>%1 张卡的价格（%2/小时）</translation>
    </message>
    <message>
        <source>Price, %1 an hour</source>
        <translation>价格（%1/小时）</translation>
    </message>
    <message>
        <source>For my job</source>
        <translation>我的任务</translation>
    </message>
    <message>
        <source>What do I rent?</source>
        <translation>租什么卡？</translation>
    </message>
    <message>
        <source>What the job takes on each offer</source>
        <translation>任务在各报价上的开销</translation>
    </message>
    <message>
        <source>Price against speed</source>
        <translation>价格与速度</translation>
    </message>
    <message>
        <source>There are no offers</source>
        <translation>没有报价</translation>
    </message>
    <message>
        <source>Add or import some on the Offers tab, or switch a source on.</source>
        <translation>请在“报价”页添加或导入，或打开一个数据源。</translation>
    </message>
    <message>
        <source>≈ is an estimate: your hours scaled by one figure of the cards, as if nothing else limited the job. In the chart, the line joins the offers that fit for certain and that no other of these beats in price and speed; squares are too small or unknown.</source>
        <translation>≈ 表示估算：只按显卡的一项数据换算时长，假设没有其他瓶颈。图中的线连接确定放得下、且价格和速度都无可超越的报价；方块为显存不够或未知。</translation>
    </message>
</context>
<context>
    <name>ui::catalog::OfferModel</name>
    <message>
        <source>%1 (unknown)</source>
        <translation>%1（未知）</translation>
    </message>
    <message>
        <source>No GPU</source>
        <translation>无卡</translation>
    </message>
    <message>
        <source>%1 %2 per GPU-hour</source>
        <translation>每卡时 %1 %2</translation>
    </message>
    <message>
        <source>With your membership&apos;s percentage</source>
        <translation>按你的会员折扣</translation>
    </message>
    <message>
        <source>The member price</source>
        <translation>会员价</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>A new row: it is kept when it has a provider, a card and a price.</source>
        <translation>新的一行：填好平台、显卡和价格后保存。</translation>
    </message>
    <message>
        <source>%1, old</source>
        <translation>%1，旧</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Per GPU-hour</source>
        <extracomment>A price for one GPU and one hour</extracomment>
        <translation>每卡时</translation>
    </message>
    <message>
        <source>Member price</source>
        <translation>会员价</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>币种</translation>
    </message>
    <message>
        <source>You pay per hour</source>
        <translation>实付每小时</translation>
    </message>
    <message>
        <source>Per FP32 TFLOPS-hour</source>
        <translation>每 FP32 TFLOPS 时</translation>
    </message>
    <message>
        <source>Per FP16 TFLOPS-hour</source>
        <translation>每 FP16 TFLOPS 时</translation>
    </message>
    <message>
        <source>Per GB-hour</source>
        <translation>每 GB 时</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>核数</translation>
    </message>
    <message>
        <source>RAM, GB</source>
        <translation>内存 GB</translation>
    </message>
    <message>
        <source>System disk, GB</source>
        <translation>系统盘 GB</translation>
    </message>
    <message>
        <source>Data disk, GB</source>
        <translation>数据盘 GB</translation>
    </message>
    <message>
        <source>Age</source>
        <extracomment>How long ago a price was seen</extracomment>
        <translation>时间</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>“%1” means nothing here</source>
        <translation>“%1”在这里无效</translation>
    </message>
</context>
<context>
    <name>ui::catalog::OffersPart</name>
    <message>
        <source>%1 at %2 is removed.</source>
        <translation>已删除 %2 的 %1。</translation>
    </message>
    <message numerus="yes">
        <source>%n offer(s) removed.</source>
        <translation>
            <numerusform>已删除 %n 个报价。</numerusform>
        </translation>
    </message>
    <message>
        <source>Import offers</source>
        <translation>导入报价</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Imported: %1 new, %2 replaced, %3 as they were.</source>
        <extracomment>%1, %2 and %3 are numbers of offers</extracomment>
        <translation>已导入：新增 %1，替换 %2，未变 %3。</translation>
    </message>
    <message>
        <source>Export offers</source>
        <translation>导出报价</translation>
    </message>
    <message>
        <source>Exported to %1.</source>
        <translation>已导出到 %1。</translation>
    </message>
    <message>
        <source>No offer matches</source>
        <translation>没有符合的报价</translation>
    </message>
    <message>
        <source>There are no offers</source>
        <translation>没有报价</translation>
    </message>
    <message>
        <source>Look for a provider, a region or a card.</source>
        <translation>可按平台、地区或显卡查找。</translation>
    </message>
    <message>
        <source>Add one, import a table, or switch a source on.</source>
        <translation>请添加、导入表格，或打开一个数据源。</translation>
    </message>
    <message>
        <source>Offers</source>
        <translation>报价</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Price per hour</source>
        <translation>每小时价格</translation>
    </message>
    <message>
        <source>Price per FP16 TFLOPS-hour</source>
        <translation>每 FP16 TFLOPS 时价格</translation>
    </message>
    <message>
        <source>Price per FP32 TFLOPS-hour</source>
        <translation>每 FP32 TFLOPS 时价格</translation>
    </message>
    <message>
        <source>Price per GB-hour of GPU memory</source>
        <translation>每 GB 显存时价格</translation>
    </message>
    <message>
        <source>Find a provider, region or card</source>
        <translation>查找平台、地区或显卡</translation>
    </message>
    <message>
        <source>Find an offer</source>
        <translation>查找报价</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Double-click or F2 changes a cell of your table; what sources say can only be read. A clock marks prices that are older than 30 days.</source>
        <translation>双击或按 F2 修改你自己的表格；数据源的内容只读。时钟标记表示价格超过 30 天。</translation>
    </message>
</context>
<context>
    <name>ui::catalog::PriceBar</name>
    <message>
        <source>You set it on %1.</source>
        <translation>你于 %1 设置。</translation>
    </message>
    <message>
        <source>A round number to begin with: type today&apos;s rate.</source>
        <translation>初始为整数：请填入今天的汇率。</translation>
    </message>
    <message>
        <source>“%1” is no exchange rate: type how many CNY a USD is, like 7.10</source>
        <translation>“%1”不是汇率：请填 1 美元等于多少人民币，如 7.10</translation>
    </message>
    <message>
        <source>How prices are shown</source>
        <translation>价格显示方式</translation>
    </message>
    <message>
        <source>Prices in</source>
        <translation>价格币种</translation>
    </message>
    <message>
        <source>Each its own</source>
        <translation>各自币种</translation>
    </message>
    <message>
        <source>CNY</source>
        <translation>人民币</translation>
    </message>
    <message>
        <source>USD</source>
        <translation>美元</translation>
    </message>
    <message>
        <source>1 USD =</source>
        <extracomment>Before a field with a number and &quot;CNY&quot;</extracomment>
        <translation>1 美元 =</translation>
    </message>
    <message>
        <source>CNY for a USD</source>
        <translation>1 美元兑人民币</translation>
    </message>
    <message>
        <source>I am a member</source>
        <translation>我是会员</translation>
    </message>
    <message>
        <source>Member prices count where they are known</source>
        <translation>已知会员价时按会员价计算</translation>
    </message>
    <message>
        <source>If listed</source>
        <extracomment>In a field: only listed member prices count</extracomment>
        <translation>仅已列出的</translation>
    </message>
    <message>
        <source>Percent of the regular price where the member price is not known</source>
        <translation>会员价未知时按原价的百分比</translation>
    </message>
</context>
<context>
    <name>ui::charts::ChartPanel</name>
    <message>
        <source>%1, chart</source>
        <extracomment>A chart, for screen readers: &quot;GPU 0 power, chart&quot;</extracomment>
        <translation>%1，图表</translation>
    </message>
</context>
<context>
    <name>ui::charts::TimeChart</name>
    <message>
        <source>%1 to %2</source>
        <extracomment>The lowest and highest value within a point of a chart: &quot;12 % to 100 %&quot;</extracomment>
        <translation>%1 至 %2</translation>
    </message>
</context>
<context>
    <name>ui::connections::ConnectionsPage</name>
    <message>
        <source>Port 6006</source>
        <translation>端口 6006</translation>
    </message>
    <message>
        <source>Notebooks on the instance. Danlu finds the running one and its token, or starts it so that it outlives this connection.</source>
        <translation>实例上的笔记本。丹炉会找到正在运行的服务及其令牌，或启动一个断线后仍继续运行的服务。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Curves of your training, on port 6007. On AutoDL it runs already.</source>
        <translation>训练曲线，端口 6007。AutoDL 上已在运行。</translation>
    </message>
    <message>
        <source>Logs</source>
        <extracomment>The folder that TensorBoard reads</extracomment>
        <translation>日志目录</translation>
    </message>
    <message>
        <source>AutoDL&apos;s port for a web page of your own: Gradio, Streamlit, a diffusion UI that you have started there.</source>
        <translation>AutoDL 开放给自建网页的端口：你在实例上启动的 Gradio、Streamlit、扩散模型界面等。</translation>
    </message>
    <message>
        <source>Tunnels</source>
        <translation>隧道</translation>
    </message>
    <message>
        <source>New tunnel…</source>
        <translation>新建隧道…</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>修改…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>No tunnel yet</source>
        <translation>还没有隧道</translation>
    </message>
    <message>
        <source>A tunnel makes a port of the instance a port of this computer, or the other way round. It is saved with the instance and comes back after every reconnect.</source>
        <translation>隧道把实例的端口变成本机的端口，或者反过来。它随实例保存，每次重连后自动恢复。</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>The tunnels come up with the connection.</source>
        <translation>连接后隧道会自动建立。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Use %1</source>
        <extracomment>Button: %1 is a port</extracomment>
        <translation>改用 %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>%1 is not installed on the instance</source>
        <extracomment>%1 is JupyterLab or TensorBoard</extracomment>
        <translation>实例上没有安装 %1</translation>
    </message>
    <message>
        <source>Install it in the environment that your login shell uses: pip install jupyterlab tensorboard</source>
        <translation>请在登录 shell 所用的环境中安装：pip install jupyterlab tensorboard</translation>
    </message>
    <message>
        <source>The tunnel “%1” was deleted</source>
        <extracomment>%1 is the name of a tunnel</extracomment>
        <translation>隧道“%1”已删除</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>No browser could be opened</source>
        <extracomment>%1 is the address of a web page</extracomment>
        <translation>无法打开浏览器</translation>
    </message>
    <message>
        <source>The page is at %1</source>
        <translation>网页地址：%1</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Command that opens the same tunnel</source>
        <translation>打开同一隧道的命令</translation>
    </message>
</context>
<context>
    <name>ui::connections::ServiceCard</name>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Command that is run on the instance</source>
        <translation>在实例上执行的命令</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::connections::TunnelDialog</name>
    <message>
        <source>Change tunnel</source>
        <translation>修改隧道</translation>
    </message>
    <message>
        <source>New tunnel</source>
        <translation>新建隧道</translation>
    </message>
    <message>
        <source>Local: a port of this computer leads to the instance</source>
        <translation>本地：本机端口通向实例</translation>
    </message>
    <message>
        <source>Remote: a port of the instance leads to this computer</source>
        <translation>远程：实例端口通向本机</translation>
    </message>
    <message>
        <source>SOCKS proxy: programs here reach out from the instance</source>
        <translation>SOCKS 代理：本机程序经由实例访问外部</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>可选</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>The instance only (localhost)</source>
        <extracomment>Which of its addresses a port listens on</extracomment>
        <translation>仅实例自身（localhost）</translation>
    </message>
    <message>
        <source>This computer only (localhost)</source>
        <translation>仅本机（localhost）</translation>
    </message>
    <message>
        <source>What listens on the instance shows up on this computer: Jupyter, TensorBoard, a web page of your own.</source>
        <translation>实例上监听的服务出现在本机：Jupyter、TensorBoard、自己的网页。</translation>
    </message>
    <message>
        <source>What listens on this computer, or what it can reach, shows up on the instance: a proxy, a dataset server.</source>
        <translation>本机监听的或能访问到的服务出现在实例上：代理、数据集服务器。</translation>
    </message>
    <message>
        <source>Set it as SOCKS proxy in a browser or program. Names are looked up by the instance.</source>
        <translation>在浏览器或程序中设为 SOCKS 代理。域名由实例解析。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Host, from this computer</source>
        <translation>主机（从本机看）</translation>
    </message>
    <message>
        <source>Host, from the instance</source>
        <translation>主机（从实例看）</translation>
    </message>
    <message>
        <source>Its port</source>
        <translation>主机端口</translation>
    </message>
    <message>
        <source>Port on the instance</source>
        <translation>实例端口</translation>
    </message>
    <message>
        <source>Port on this computer</source>
        <translation>本机端口</translation>
    </message>
    <message>
        <source>Reachable from</source>
        <translation>可访问范围</translation>
    </message>
    <message>
        <source>A host is needed: a name or an address, without http:// and port.</source>
        <translation>需要填写主机：名称或地址，不带 http:// 和端口。</translation>
    </message>
    <message>
        <source>Port %1 belongs to the tunnel “%2” already.</source>
        <extracomment>%1 is a port, %2 the name of a tunnel</extracomment>
        <translation>端口 %1 已属于隧道“%2”。</translation>
    </message>
    <message>
        <source>Ports below 1024 belong to the system on most computers.</source>
        <translation>多数电脑上 1024 以下的端口属于系统。</translation>
    </message>
    <message>
        <source>Port %1 is in use on this computer.</source>
        <translation>本机端口 %1 被占用。</translation>
    </message>
    <message>
        <source>Use %1, which is free</source>
        <extracomment>Button: %1 is a port</extracomment>
        <translation>改用空闲的 %1</translation>
    </message>
</context>
<context>
    <name>ui::connections::TunnelModel</name>
    <message>
        <source>Tunnel</source>
        <translation>隧道</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Listens on</source>
        <extracomment>Column: address and port where the tunnel begins</extracomment>
        <translation>监听于</translation>
    </message>
    <message>
        <source>Leads to</source>
        <extracomment>Column: host and port where the tunnel ends</extracomment>
        <translation>通向</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Connections</source>
        <extracomment>Column: how many connections go through the tunnel now</extracomment>
        <translation>连接</translation>
    </message>
    <message>
        <source>Sent</source>
        <extracomment>Column: bytes into the tunnel</extracomment>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Received</source>
        <extracomment>Column: bytes out of the tunnel</extracomment>
        <translation>已接收</translation>
    </message>
</context>
<context>
    <name>ui::environment</name>
    <message>
        <source>Works</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>No PyTorch</source>
        <translation>没有 PyTorch</translation>
    </message>
    <message>
        <source>No GPU now</source>
        <translation>当前无显卡</translation>
    </message>
    <message>
        <source>CPU only</source>
        <translation>仅 CPU</translation>
    </message>
    <message>
        <source>Can&apos;t drive this card</source>
        <translation>驱动不了这张卡</translation>
    </message>
    <message>
        <source>Should work</source>
        <translation>应可用</translation>
    </message>
    <message>
        <source>Driver too old</source>
        <translation>显卡驱动太旧</translation>
    </message>
    <message>
        <source>PyTorch %1 can compute on the %2.</source>
        <extracomment>%1 is &quot;2.5.1+cu124&quot;, %2 the card</extracomment>
        <translation>PyTorch %1 可以在 %2 上计算。</translation>
    </message>
    <message>
        <source>PyTorch %1 was built without CUDA: it computes on the CPU only, and the %2 stays idle.</source>
        <translation>PyTorch %1 是不带 CUDA 的版本：只用 CPU 计算，%2 会一直闲着。</translation>
    </message>
    <message>
        <source>PyTorch %1 was built with CUDA %2, which is older than the %3: that needs CUDA %4 or newer.</source>
        <extracomment>%1 is &quot;2.5.1+cu124&quot;, %2 and %4 a version of CUDA, %3 the card</extracomment>
        <translation>PyTorch %1 是用 CUDA %2 编译的，比 %3 还旧：这张卡需要 CUDA %4 或更新。</translation>
    </message>
    <message>
        <source>PyTorch %1 was built with CUDA %2, which no longer knows the %3: that needs CUDA %4 or older.</source>
        <translation>PyTorch %1 是用 CUDA %2 编译的，已不再支持 %3：这张卡需要 CUDA %4 或更旧。</translation>
    </message>
    <message>
        <source>This build of PyTorch %1 has no code for the %2 (compute capability %3).</source>
        <translation>这个 PyTorch %1 里没有 %2 的代码（计算能力 %3）。</translation>
    </message>
    <message>
        <source>PyTorch %1 was built with CUDA %2, the driver goes up to %3. Within one major version that works as a rule.</source>
        <translation>PyTorch %1 是用 CUDA %2 编译的，驱动最高支持 %3。同一主版本内一般可用。</translation>
    </message>
    <message>
        <source>PyTorch %1 was built with CUDA %2, the driver only goes up to %3. On a rented instance the driver is the host&apos;s and can&apos;t be changed.</source>
        <translation>PyTorch %1 是用 CUDA %2 编译的，驱动最高只支持 %3。租用实例的驱动属于宿主机，无法更换。</translation>
    </message>
    <message>
        <source>PyTorch %1 was built for another maker&apos;s cards.</source>
        <translation>PyTorch %1 是给其他厂商的显卡编译的。</translation>
    </message>
    <message>
        <source>The instance has no GPU now, so it can&apos;t be told whether PyTorch %1 can drive it.</source>
        <translation>实例当前没有显卡，无法判断 PyTorch %1 能否使用。</translation>
    </message>
    <message>
        <source>Too little is known of this build or of the card to tell.</source>
        <translation>对这个版本或这张卡了解太少，无法判断。</translation>
    </message>
    <message>
        <source>default</source>
        <extracomment>No mirror is set, a cache is where it usually is</extracomment>
        <translation>默认</translation>
    </message>
    <message>
        <source>A name has no blank, &quot;/&quot;, &quot;:&quot; or &quot;#&quot; in it.</source>
        <translation>名称里不能有空格、“/”、“:”或“#”。</translation>
    </message>
    <message>
        <source>Name packages, with blanks between them and without options.</source>
        <translation>请填写包名，以空格分隔，不带选项。</translation>
    </message>
    <message>
        <source>A version of Python is like 3.12.</source>
        <translation>Python 版本形如 3.12。</translation>
    </message>
    <message>
        <source>That is no path of a file.</source>
        <translation>这不是文件路径。</translation>
    </message>
    <message>
        <source>There is no conda on the instance.</source>
        <translation>实例上没有 conda。</translation>
    </message>
    <message>
        <source>The instance has no apt.</source>
        <translation>实例上没有 apt。</translation>
    </message>
    <message>
        <source>The instance has no data disk.</source>
        <translation>实例没有数据盘。</translation>
    </message>
    <message>
        <source>It belongs to another user and can&apos;t be changed.</source>
        <translation>它属于其他用户，无法更改。</translation>
    </message>
    <message>
        <source>Conda can&apos;t do that with this one.</source>
        <translation>conda 不能对它这样做。</translation>
    </message>
    <message>
        <source>This mirror has no such packages.</source>
        <translation>这个镜像没有这类软件包。</translation>
    </message>
    <message>
        <source>That can&apos;t run: %1</source>
        <translation>无法运行：%1</translation>
    </message>
    <message>
        <source>data disk</source>
        <extracomment>Where a cache is</extracomment>
        <translation>数据盘</translation>
    </message>
    <message>
        <source>%1 (GPU %2)</source>
        <extracomment>%1 is a card, %2 its number, or several</extracomment>
        <translation>%1（GPU %2）</translation>
    </message>
    <message>
        <source>Too little is known of the %1 to tell.</source>
        <translation>对 %1 了解不足，无法判断。</translation>
    </message>
    <message>
        <source>Can&apos;t drive GPU %1</source>
        <extracomment>%1 is the number of a GPU, or several</extracomment>
        <translation>无法驱动 GPU %1</translation>
    </message>
    <message>
        <source>It can compute on the other GPUs.</source>
        <translation>其余 GPU 可以使用。</translation>
    </message>
</context>
<context>
    <name>ui::environment::ActionDialog</name>
    <message>
        <source>This runs</source>
        <translation>将运行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::environment::EnvironmentModel</name>
    <message>
        <source>Files that conda shares between environments count in each</source>
        <translation>conda 在环境之间共享的文件，在每个环境里都计入</translation>
    </message>
    <message>
        <source>Whether its PyTorch can compute on the instance&apos;s card</source>
        <translation>其中的 PyTorch 能否在本实例的显卡上计算</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>On this card</source>
        <translation>在这张卡上</translation>
    </message>
</context>
<context>
    <name>ui::environment::EnvironmentPage</name>
    <message>
        <source>The environment could not be looked at</source>
        <translation>无法查看环境</translation>
    </message>
    <message>
        <source>The sizes could not be measured</source>
        <translation>无法测量大小</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing is known yet</source>
        <translation>还没有信息</translation>
    </message>
    <message>
        <source>The instance did not answer the questions about its environment.</source>
        <translation>实例没有回答关于环境的询问。</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connect to see Python, CUDA and the conda environments of the instance.</source>
        <translation>连接后可查看实例的 Python、CUDA 和 conda 环境。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Looking…</source>
        <extracomment>%1 is a time; what is shown is from then</extracomment>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>As of %1</source>
        <translation>截至 %1</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>停止测量</translation>
    </message>
    <message>
        <source>Measure sizes</source>
        <translation>测量大小</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message numerus="yes">
        <source>%n packages</source>
        <translation>
            <numerusform>%n 个包</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n packages</source>
        <translation>
            <numerusform>%1 / %n 个包</numerusform>
        </translation>
    </message>
    <message>
        <source>Packages of %1</source>
        <extracomment>%1 is an environment&apos;s name</extracomment>
        <translation>%1 的包</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>包</translation>
    </message>
    <message>
        <source>New environment</source>
        <translation>新建环境</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>As set up</source>
        <translation>按现有设置</translation>
    </message>
    <message>
        <source>Clone %1</source>
        <extracomment>%1 is an environment&apos;s name</extracomment>
        <translation>克隆 %1</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>The copy has the same packages and can be changed by itself.</source>
        <translation>副本有同样的包，可以单独更改。</translation>
    </message>
    <message>
        <source>Name of the copy</source>
        <translation>副本名称</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>删除 %1？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 goes with all packages in it: %2. This can&apos;t be undone.</source>
        <translation>%1 及其中所有包都会删除，共 %2。无法撤销。</translation>
    </message>
    <message>
        <source>%1 goes with all packages in it. This can&apos;t be undone.</source>
        <translation>%1 及其中所有包都会删除。无法撤销。</translation>
    </message>
    <message>
        <source>Install packages into %1</source>
        <translation>在 %1 中安装包</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>With</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Requirements file</source>
        <translation>依赖文件</translation>
    </message>
    <message>
        <source>Optional, on the instance: /root/project/requirements.txt</source>
        <translation>可选，实例上的路径：/root/project/requirements.txt</translation>
    </message>
    <message>
        <source>Install PyTorch %1 with CUDA %2 into %3</source>
        <extracomment>%1 is a version, %2 a version of CUDA, %3 an environment&apos;s name</extracomment>
        <translation>在 %3 中安装 PyTorch %1（CUDA %2）</translation>
    </message>
    <message>
        <source>This build can. It is some gigabytes to download.</source>
        <translation>下面这个版本可以，需下载数 GB。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Install system packages</source>
        <translation>安装系统软件包</translation>
    </message>
    <message>
        <source>Where a package is not found, update the lists first.</source>
        <translation>找不到软件包时，请先更新列表。</translation>
    </message>
    <message>
        <source>Mirror for pip</source>
        <translation>pip 镜像</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>当前：%1</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Mirror for conda</source>
        <translation>conda 镜像</translation>
    </message>
    <message>
        <source>Mirror for Hugging Face</source>
        <translation>Hugging Face 镜像</translation>
    </message>
    <message>
        <source>It is one line in ~/.bashrc; new terminals and jobs have it.</source>
        <translation>它是 ~/.bashrc 里的一行，新终端和新任务生效。</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>What is there is copied first and taken away last: broken off, nothing is lost, and it can be run again.</source>
        <translation>先复制，最后才删除原来的：中途中断不会丢失，可以再次运行。</translation>
    </message>
    <message>
        <source>Environments on the system disk then no longer share files with the cache and take more room.</source>
        <translation>此后系统盘上的环境不再与缓存共享文件，会多占空间。</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>移到</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <extracomment>%1 is a folder</extracomment>
        <translation>移回 %1</translation>
    </message>
    <message>
        <source>Mirror for pip…</source>
        <translation>pip 镜像…</translation>
    </message>
    <message>
        <source>Mirror for conda…</source>
        <translation>conda 镜像…</translation>
    </message>
    <message>
        <source>Mirror for Hugging Face…</source>
        <translation>Hugging Face 镜像…</translation>
    </message>
    <message>
        <source>Cache of pip on the data disk…</source>
        <translation>pip 缓存移到数据盘…</translation>
    </message>
    <message>
        <source>Cache of conda on the data disk…</source>
        <translation>conda 缓存移到数据盘…</translation>
    </message>
    <message>
        <source>Cache of Hugging Face on the data disk…</source>
        <translation>Hugging Face 缓存移到数据盘…</translation>
    </message>
    <message>
        <source>Undo conda init…</source>
        <translation>撤销 conda init…</translation>
    </message>
    <message>
        <source>Undo conda init</source>
        <translation>撤销 conda init</translation>
    </message>
    <message>
        <source>New terminals then begin without conda&apos;s environment.</source>
        <translation>新终端不再默认进入 conda 环境。</translation>
    </message>
    <message>
        <source>conda init…</source>
        <translation>conda init…</translation>
    </message>
    <message>
        <source>Let terminals begin with conda</source>
        <translation>让终端默认进入 conda</translation>
    </message>
    <message>
        <source>It writes a block into ~/.bashrc; new terminals then show (base).</source>
        <translation>它会在 ~/.bashrc 里写入一段，新终端会显示 (base)。</translation>
    </message>
    <message>
        <source>Update apt&apos;s lists…</source>
        <translation>更新 apt 列表…</translation>
    </message>
    <message>
        <source>Update apt&apos;s lists</source>
        <translation>更新 apt 列表</translation>
    </message>
    <message>
        <source>So that apt knows which packages there are now.</source>
        <translation>让 apt 知道现在有哪些软件包。</translation>
    </message>
    <message>
        <source>Install system packages…</source>
        <translation>安装系统软件包…</translation>
    </message>
    <message>
        <source>The connection was lost while the job was started</source>
        <translation>启动任务时连接断开</translation>
    </message>
    <message>
        <source>The list of jobs shows whether it has begun.</source>
        <translation>任务列表会显示它是否已开始。</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <extracomment>%1 is a job&apos;s name: &quot;conda create verl&quot;</extracomment>
        <translation>%1 失败</translation>
    </message>
    <message>
        <source>Its log says why.</source>
        <translation>原因见日志。</translation>
    </message>
    <message>
        <source>%1 is done</source>
        <translation>%1 已完成</translation>
    </message>
    <message>
        <source>%1 is running</source>
        <translation>%1 正在运行</translation>
    </message>
    <message>
        <source>It goes on without a connection.</source>
        <translation>断开连接也会继续。</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>查看日志</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Set up</source>
        <extracomment>A button with a menu: mirrors, caches, conda init, apt</extracomment>
        <translation>配置</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Environments</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>新建…</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>克隆…</translation>
    </message>
    <message>
        <source>Install packages…</source>
        <translation>安装包…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Install one that works…</source>
        <translation>安装可用的版本…</translation>
    </message>
    <message>
        <source>There is no conda here. Images of PyTorch have it; or install Miniconda in a terminal: get Miniconda3-latest-Linux-x86_64.sh from a mirror and run &quot;bash Miniconda3-latest-Linux-x86_64.sh -b -p ~/miniconda3&quot;.</source>
        <translation>这里没有 conda。PyTorch 镜像自带 conda；也可以在终端里安装 Miniconda：从镜像站下载 Miniconda3-latest-Linux-x86_64.sh，再运行“bash Miniconda3-latest-Linux-x86_64.sh -b -p ~/miniconda3”。</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter the packages</source>
        <translation>筛选包</translation>
    </message>
</context>
<context>
    <name>ui::environment::PackageModel</name>
    <message>
        <source>Package</source>
        <translation>包</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>From</source>
        <extracomment>Who has installed a package: conda or pip</extracomment>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>ui::environment::SpaceDialog</name>
    <message>
        <source>What takes the room on %1</source>
        <extracomment>%1 is a disk&apos;s mount point: /root/autodl-tmp</extracomment>
        <translation>%1 的空间被什么占用</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Free the room</source>
        <translation>释放空间</translation>
    </message>
    <message>
        <source>This goes</source>
        <translation>将删除的内容</translation>
    </message>
    <message>
        <source>This runs</source>
        <translation>将执行的命令</translation>
    </message>
    <message>
        <source>Largest folders and files</source>
        <translation>最大的文件夹和文件</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Show in Files</source>
        <translation>在“文件”中显示</translation>
    </message>
    <message>
        <source>The disk could not be looked at</source>
        <translation>无法查看磁盘</translation>
    </message>
    <message>
        <source>Conda&apos;s package cache: downloads, and what no environment has</source>
        <translation>Conda 包缓存：下载的安装包，以及没有环境在用的包</translation>
    </message>
    <message>
        <source>Pip&apos;s cache of downloads</source>
        <translation>pip 的下载缓存</translation>
    </message>
    <message>
        <source>Hugging Face: %1, downloaded again when it is used</source>
        <extracomment>%1 is &quot;org/name&quot;</extracomment>
        <translation>Hugging Face：%1，再次使用时会重新下载</translation>
    </message>
    <message>
        <source>Trash: what was deleted in Jupyter</source>
        <translation>回收站：在 Jupyter 里删除的文件</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <extracomment>%1 is a size, %2 what is that large</extracomment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>未连接。</translation>
    </message>
    <message>
        <source>Looking… A disk with very many files takes minutes.</source>
        <translation>正在查看… 文件很多的磁盘需要几分钟。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>Free %1</source>
        <translation>释放 %1</translation>
    </message>
    <message>
        <source>The clean-up could not be started</source>
        <translation>无法开始清理</translation>
    </message>
    <message>
        <source>The clean-up is running</source>
        <translation>正在清理</translation>
    </message>
    <message>
        <source>It goes on without a connection.</source>
        <translation>断开连接也会继续。</translation>
    </message>
    <message>
        <source>The clean-up is done</source>
        <translation>清理完成</translation>
    </message>
    <message>
        <source>The clean-up failed</source>
        <translation>清理失败</translation>
    </message>
    <message>
        <source>Its log says why.</source>
        <translation>原因见日志。</translation>
    </message>
    <message>
        <source>%1 are free again</source>
        <extracomment>%1 is a size</extracomment>
        <translation>已释放 %1</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>查看日志</translation>
    </message>
    <message>
        <source>Safe to clean up</source>
        <translation>可以安全清理</translation>
    </message>
    <message>
        <source>Sizes as du counts them.</source>
        <translation>大小按 du 的统计。</translation>
    </message>
    <message>
        <source>No caches and no trash worth speaking of on this disk.</source>
        <translation>这块磁盘上没有值得清理的缓存和回收站。</translation>
    </message>
    <message>
        <source>Files</source>
        <extracomment>Of a column: how many files are in a folder</extracomment>
        <translation>文件数</translation>
    </message>
    <message>
        <source>What</source>
        <extracomment>Of a column: what a file or folder is</extracomment>
        <translation>类别</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Hugging Face</source>
        <translation>Hugging Face</translation>
    </message>
    <message>
        <source>Package cache</source>
        <translation>安装包缓存</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
</context>
<context>
    <name>ui::environment::SystemCard</name>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>%1, CUDA up to %2</source>
        <extracomment>%1 is the driver&apos;s version, %2 the newest CUDA that it can run</extracomment>
        <translation>%1，最高支持 CUDA %2</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>显卡驱动</translation>
    </message>
    <message>
        <source>CUDA toolkit</source>
        <translation>CUDA 工具包</translation>
    </message>
    <message>
        <source>pip: %1, conda: %2, Hugging Face: %3</source>
        <extracomment>What pip, conda and Hugging Face are set to: mirrors, or where their caches are</extracomment>
        <translation>pip：%1，conda：%2，Hugging Face：%3</translation>
    </message>
    <message>
        <source>Mirrors</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>This is what a terminal finds. Scripts and jobs without an environment find: %1</source>
        <translation>以上是终端里找到的。脚本和未指定环境的任务找到的是：%1</translation>
    </message>
    <message>
        <source>pip installs for Python %1, which is not the one that python starts. &quot;python -m pip&quot; is always the right one.</source>
        <translation>pip 会装到 Python %1，而 python 启动的不是它。用“python -m pip”总是对的。</translation>
    </message>
</context>
<context>
    <name>ui::files::EditBanner</name>
    <message>
        <source>Fetching %1…</source>
        <translation>正在取回 %1…</translation>
    </message>
    <message>
        <source>Uploading %1…</source>
        <translation>正在上传 %1…</translation>
    </message>
    <message>
        <source>%1 has %2</source>
        <translation>%1 有 %2</translation>
    </message>
    <message>
        <source>It is fetched whole before it opens, and sent whole each time you save it.</source>
        <translation>打开前要先把整个文件取回来，之后每次保存都会整个重新上传。</translation>
    </message>
    <message>
        <source>Open it all the same</source>
        <translation>仍然打开</translation>
    </message>
    <message>
        <source>Don&apos;t open</source>
        <translation>不打开</translation>
    </message>
    <message>
        <source>%1 is saved here and waits for the connection</source>
        <translation>%1 已保存在本机，等待连接</translation>
    </message>
    <message>
        <source>It is uploaded as soon as the instance is connected.</source>
        <translation>实例一连上就会上传。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No text editor was found for %1</source>
        <translation>没有找到能打开 %1 的文本编辑器</translation>
    </message>
    <message>
        <source>Choose one in Settings. The file is %1: each time it is saved there, it is uploaded.</source>
        <translation>请在“设置”里选一个。文件在 %1：每次在那里保存，都会自动上传。</translation>
    </message>
    <message>
        <source>The other version is kept in %1.</source>
        <translation>另一个版本保留在 %1。</translation>
    </message>
    <message>
        <source>%1 was uploaded at %2</source>
        <translation>%1 已于 %2 上传</translation>
    </message>
    <message>
        <source>%1 is open in your editor</source>
        <translation>%1 已在本机编辑器中打开</translation>
    </message>
    <message>
        <source>Each time you save it there, it is uploaded.</source>
        <translation>每次在编辑器里保存，都会自动上传。</translation>
    </message>
    <message>
        <source>%1 was saved here, but not uploaded</source>
        <translation>%1 已保存在本机，但还没有上传</translation>
    </message>
    <message>
        <source>Your version is kept in %1.</source>
        <translation>你的版本保留在 %1。</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Delete my version</source>
        <translation>删除我的版本</translation>
    </message>
    <message>
        <source>%1 has changed on the instance since you opened it</source>
        <translation>打开之后，实例上的 %1 又被改过了</translation>
    </message>
    <message>
        <source>Whichever you take, the other one is kept on this computer.</source>
        <translation>无论选哪个，另一个版本都会保留在这台电脑上。</translation>
    </message>
    <message>
        <source>Overwrite with mine</source>
        <translation>用我的版本覆盖</translation>
    </message>
    <message>
        <source>Take the instance&apos;s</source>
        <translation>采用实例上的版本</translation>
    </message>
    <message>
        <source>%1 is not a file that can be edited</source>
        <translation>%1 不是可以编辑的文件</translation>
    </message>
    <message>
        <source>It is a folder, a pipe, a device or a socket.</source>
        <translation>它是文件夹、管道、设备或套接字。</translation>
    </message>
    <message>
        <source>%1 was not uploaded</source>
        <translation>%1 没有上传成功</translation>
    </message>
    <message>
        <source>%1 could not be opened</source>
        <translation>%1 打不开</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ui::files::FileModel</name>
    <message>
        <source>%1, folder</source>
        <translation>%1，文件夹</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>权限</translation>
    </message>
</context>
<context>
    <name>ui::files::FileViewer</name>
    <message>
        <source>Edit in the local editor</source>
        <translation>用本地编辑器编辑</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Contents of the file</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>%1 · %2 × %3 · %4</source>
        <extracomment>Path, pixels, size of a picture</extracomment>
        <translation>%1 · %2 × %3 · %4</translation>
    </message>
    <message>
        <source>This is neither text nor a picture</source>
        <translation>这既不是文本也不是图片</translation>
    </message>
    <message>
        <source>%1, %2. Download it to open it with a program of yours.</source>
        <translation>%1，%2。下载后可用你的程序打开。</translation>
    </message>
    <message>
        <source>%1 · the first %2 of %3</source>
        <translation>%1 · 共 %3，仅显示前 %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 is not a file with contents</source>
        <translation>%1 不是有内容的文件</translation>
    </message>
    <message>
        <source>It is a folder, a pipe, a device or a socket. Reading it could hang.</source>
        <translation>它是文件夹、管道、设备或套接字，读取可能会一直卡住。</translation>
    </message>
    <message>
        <source>This picture is too large to be shown here</source>
        <translation>图片太大，无法在这里显示</translation>
    </message>
    <message>
        <source>It has %1 × %2 pixels. Download it to open it with a program of yours.</source>
        <translation>它有 %1 × %2 像素。请下载后用本机程序打开。</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>文件是空的</translation>
    </message>
</context>
<context>
    <name>ui::files::FilesPage</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Edit in the local editor</source>
        <translation>用本地编辑器编辑</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download to…</source>
        <translation>下载到…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Permissions…</source>
        <translation>权限…</translation>
    </message>
    <message>
        <source>Count sizes of folders</source>
        <translation>计算文件夹大小</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Upload files…</source>
        <translation>上传文件…</translation>
    </message>
    <message>
        <source>Upload a folder…</source>
        <translation>上传文件夹…</translation>
    </message>
    <message>
        <source>Paste files</source>
        <translation>粘贴文件</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>新建文件夹…</translation>
    </message>
    <message>
        <source>New file…</source>
        <translation>新建文件…</translation>
    </message>
    <message>
        <source>Show hidden files</source>
        <translation>显示隐藏文件</translation>
    </message>
    <message>
        <source>Download to</source>
        <translation>下载到</translation>
    </message>
    <message>
        <source>Upload to %1</source>
        <translation>上传到 %1</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>Name of the folder in %1</source>
        <translation>%1 中的文件夹名称</translation>
    </message>
    <message>
        <source>New file</source>
        <translation>新建文件</translation>
    </message>
    <message>
        <source>Name of the file in %1</source>
        <translation>%1 中的文件名称</translation>
    </message>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Counting what %1 holds…</source>
        <translation>正在统计 %1 的内容…</translation>
    </message>
    <message>
        <source>It can&apos;t be undone.</source>
        <translation>删除后无法恢复。</translation>
    </message>
    <message>
        <source>%1, %2, %3. It can&apos;t be undone.</source>
        <translation>%1、%2，共 %3。删除后无法恢复。</translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folders</source>
        <translation>
            <numerusform>%n 个文件夹</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete %1 from %2?</source>
        <translation>从 %2 删除 %1？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上一级</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Search here</source>
        <translation>在此搜索</translation>
    </message>
    <message>
        <source>Search in this folder</source>
        <translation>在此文件夹中搜索</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Upload…</source>
        <translation>上传…</translation>
    </message>
    <message>
        <source>Files on the instance</source>
        <translation>实例上的文件</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>The instance&apos;s files are shown when it is connected.</source>
        <translation>连接实例后显示其中的文件。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message numerus="yes">
        <source>Reading… %n so far</source>
        <translation>
            <numerusform>正在读取… 已有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Not connected: as it was last</source>
        <translation>未连接：显示的是上次的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n 项隐藏</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected, %1</source>
        <translation>
            <numerusform>已选 %n 项，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Move to %1</source>
        <translation>移动到 %1</translation>
    </message>
    <message>
        <source>Moving %1 to %2, on another disk…</source>
        <translation>正在把 %1 移到另一块盘上的 %2…</translation>
    </message>
    <message>
        <source>%1 of %2 are moved.</source>
        <extracomment>how many of how many</extracomment>
        <translation>已移动 %1 项，共 %2 项。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Searching for “%1” below %2…</source>
        <translation>正在 %2 及其子文件夹中查找“%1”…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message numerus="yes">
        <source>%n names with “%1” below %2</source>
        <translation>
            <numerusform>%2 及其子文件夹中有 %n 个名称含“%1”</numerusform>
        </translation>
    </message>
    <message>
        <source>There are more; these are the first.</source>
        <translation>还有更多，这里只列出最先找到的。</translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation>查找已停止。</translation>
    </message>
    <message>
        <source>Back to the folder</source>
        <translation>返回文件夹</translation>
    </message>
    <message>
        <source>%1 is not a file with contents</source>
        <translation>%1 不是有内容的文件</translation>
    </message>
    <message>
        <source>It is a pipe, a device or a socket. Reading it could hang.</source>
        <translation>它是管道、设备或套接字，读取可能会一直卡住。</translation>
    </message>
    <message>
        <source>Making %1…</source>
        <translation>正在新建 %1…</translation>
    </message>
    <message>
        <source>%1 was not renamed</source>
        <translation>%1 没有重命名</translation>
    </message>
    <message>
        <source>Renaming %1…</source>
        <translation>正在重命名 %1…</translation>
    </message>
    <message>
        <source>Nothing was deleted</source>
        <translation>什么都没有删除</translation>
    </message>
    <message>
        <source>Another folder is shown than the one that was asked about.</source>
        <translation>现在显示的已经不是刚才询问的那个文件夹了。</translation>
    </message>
    <message>
        <source>Deleting %1…</source>
        <translation>正在删除 %1…</translation>
    </message>
    <message>
        <source>Reading the permissions of %1…</source>
        <translation>正在读取 %1 的权限…</translation>
    </message>
    <message>
        <source>Setting the permissions of %1…</source>
        <translation>正在设置 %1 的权限…</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Not connected: only copies can be asked for</source>
        <translation>未连接：现在只能安排上传和下载</translation>
    </message>
    <message>
        <source>%1: not connected</source>
        <translation>%1：未连接</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing here has such a name</source>
        <translation>这里没有这样的名字</translation>
    </message>
    <message>
        <source>No name in this folder has “%1” in it. Esc ends the search.</source>
        <translation>这个文件夹里没有名字含“%1”的文件。按 Esc 结束搜索。</translation>
    </message>
    <message>
        <source>Only hidden files are here</source>
        <translation>这里只有隐藏文件</translation>
    </message>
    <message>
        <source>“Show hidden files” in the menu shows them.</source>
        <translation>在菜单里选“显示隐藏文件”即可看到。</translation>
    </message>
    <message>
        <source>This folder is empty</source>
        <translation>文件夹是空的</translation>
    </message>
    <message>
        <source>Files and folders that you drop here are uploaded.</source>
        <translation>把文件或文件夹拖到这里就会上传。</translation>
    </message>
    <message>
        <source>The instance is not connected</source>
        <translation>实例未连接</translation>
    </message>
    <message>
        <source>Nothing was changed. Do it again when it is connected.</source>
        <translation>没有任何改动。连上之后请再操作一次。</translation>
    </message>
    <message>
        <source>Enter searches in the folders below too</source>
        <translation>按回车也会在下级文件夹中查找</translation>
    </message>
    <message>
        <source>Upload files</source>
        <translation>上传文件</translation>
    </message>
    <message>
        <source>What is listed</source>
        <translation>列表内容</translation>
    </message>
    <message>
        <source>Moving to %1…</source>
        <translation>正在移动到 %1…</translation>
    </message>
    <message>
        <source>Show the folder tree</source>
        <translation>显示文件夹树</translation>
    </message>
    <message>
        <source>This server&apos;s files can&apos;t be listed</source>
        <translation>无法列出这台服务器上的文件</translation>
    </message>
    <message>
        <source>It offers neither SFTP nor a shell with find and stat.</source>
        <translation>它既不提供 SFTP，也没有带 find 和 stat 的 shell。</translation>
    </message>
    <message>
        <source>At least %1, %2, %3. It can&apos;t be undone.</source>
        <extracomment>Files, folders and bytes that will be deleted</extracomment>
        <translation>至少 %1、%2，共 %3。删除后无法恢复。</translation>
    </message>
    <message>
        <source>Not all of it could be counted</source>
        <translation>没能全部统计</translation>
    </message>
    <message>
        <source>Some folders may not be looked into: they hold more than is shown.</source>
        <translation>有些文件夹无权查看，实际内容比显示的多。</translation>
    </message>
</context>
<context>
    <name>ui::files::FolderModel</name>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Enter or a double click tries again.</source>
        <translation>按 Enter 或双击可重试。</translation>
    </message>
    <message>
        <source>%1. Enter tries again.</source>
        <extracomment>For screen readers</extracomment>
        <translation>%1。按 Enter 重试。</translation>
    </message>
    <message>
        <source>%1, a link to %2</source>
        <translation>%1，链接到 %2</translation>
    </message>
    <message>
        <source>%1, link to a folder</source>
        <translation>%1，指向文件夹的链接</translation>
    </message>
    <message>
        <source>%1, folder</source>
        <translation>%1，文件夹</translation>
    </message>
</context>
<context>
    <name>ui::files::FolderTree</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
</context>
<context>
    <name>ui::files::NameDialog</name>
    <message>
        <source>A name is needed.</source>
        <translation>请填写名字。</translation>
    </message>
    <message>
        <source>“.” and “..” are taken: they are this folder and the one above.</source>
        <translation>“.”和“..”已被占用：它们指当前文件夹和上一级。</translation>
    </message>
    <message>
        <source>A name has no “/” in it.</source>
        <translation>名字里不能有“/”。</translation>
    </message>
    <message>
        <source>The name is too long: 255 bytes are the most, and a Chinese character takes three.</source>
        <translation>名字太长：最多 255 字节，一个汉字占 3 字节。</translation>
    </message>
    <message>
        <source>No file can have this name.</source>
        <translation>文件不能叫这个名字。</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::files::PermissionsDialog</name>
    <message>
        <source>Permissions</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>用户组</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他人</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写</translation>
    </message>
    <message>
        <source>Execute</source>
        <translation>执行</translation>
    </message>
    <message>
        <source>Octal number</source>
        <translation>八进制</translation>
    </message>
    <message>
        <source>Set permissions</source>
        <translation>设置权限</translation>
    </message>
    <message>
        <source>This is a link: what it leads to gets these permissions.</source>
        <translation>这是一个链接：设置的是它所指文件的权限。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::files::Places</name>
    <message>
        <source>Home</source>
        <translation>主目录</translation>
    </message>
    <message>
        <source>System disk</source>
        <translation>系统盘</translation>
    </message>
    <message>
        <source>Data disk</source>
        <translation>数据盘</translation>
    </message>
    <message>
        <source>File storage</source>
        <translation>文件存储</translation>
    </message>
    <message>
        <source>Public data</source>
        <translation>公共数据</translation>
    </message>
    <message>
        <source>Kept when the instance stops and when its system is reset. Gone when it is released. Not part of saved images.</source>
        <translation>关机和重置系统后保留；释放实例后清空；不随镜像保存。</translation>
    </message>
    <message>
        <source>Kept when the instance stops. Gone when it is released or its system is reset. Part of saved images.</source>
        <translation>关机后保留；释放或重置系统后清空；随镜像保存。</translation>
    </message>
    <message>
        <source>Kept when the instance is released; shared by your instances of this region. At most 200,000 files.</source>
        <translation>释放实例后仍保留，同地区的实例共用；最多 200,000 个文件。</translation>
    </message>
    <message>
        <source>Data sets for everybody. Copy what you use to the data disk.</source>
        <translation>公共数据集。使用前请复制到数据盘。</translation>
    </message>
    <message>
        <source>Data sets, read-only</source>
        <translation>公共数据集，只读</translation>
    </message>
    <message>
        <source>Disk of %1</source>
        <translation>磁盘 %1</translation>
    </message>
    <message>
        <source>Survives stop and release</source>
        <translation>关机、释放后都保留</translation>
    </message>
    <message>
        <source>Kept when stopped, lost on release</source>
        <translation>关机保留，释放后清空</translation>
    </message>
    <message>
        <source>Lost when stopped</source>
        <translation>关机即清空</translation>
    </message>
    <message>
        <source>Lost a day after a stop</source>
        <translation>关机一天后清空</translation>
    </message>
    <message>
        <source>Saved in images</source>
        <translation>随镜像保存</translation>
    </message>
    <message>
        <source>Not saved in images</source>
        <translation>不随镜像保存</translation>
    </message>
</context>
<context>
    <name>ui::instances::ConnectPanel</name>
    <message>
        <source>%1. A starting instance needs a moment; the next try is at %2.</source>
        <translation>%1。刚开机的实例需要一点时间；下次尝试：%2。</translation>
    </message>
    <message>
        <source>%1 is not connected</source>
        <translation>%1 未连接</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
</context>
<context>
    <name>ui::instances::ConnectSteps</name>
    <message>
        <source>Finding the address</source>
        <translation>查找地址</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>Checking the host</source>
        <translation>核对主机</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Waiting to try again</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>正在连接 %1</translation>
    </message>
    <message>
        <source>%1: done</source>
        <extracomment>A step of connecting and its state, for screen readers</extracomment>
        <translation>%1：已完成</translation>
    </message>
    <message>
        <source>%1: now</source>
        <translation>%1：进行中</translation>
    </message>
</context>
<context>
    <name>ui::instances::HostKeyPanel</name>
    <message>
        <source>Offered fingerprint %1</source>
        <translation>对方出示的指纹 %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>First time at the jump host %1</source>
        <translation>第一次连接跳板机 %1</translation>
    </message>
    <message>
        <source>First time at %1</source>
        <translation>第一次连接 %1</translation>
    </message>
    <message>
        <source>This is the key the server shows. Nothing secret has been sent yet.</source>
        <translation>这是服务器出示的主机密钥。到目前为止没有发送任何密码。</translation>
    </message>
    <message>
        <source>%1 fingerprint</source>
        <translation>%1 指纹</translation>
    </message>
    <message>
        <source>The first time this is normal. If your provider or administrator tells you the fingerprint, compare it. From now on Danlu trusts exactly this key for %1.</source>
        <translation>第一次连接时这很正常。如果平台或管理员给了你指纹，请核对一下。今后 Danlu 对 %1 只信任这一把密钥。</translation>
    </message>
    <message>
        <source>Trust and connect</source>
        <translation>信任并连接</translation>
    </message>
    <message>
        <source>The key of %1 has changed</source>
        <translation>%1 的主机密钥变了</translation>
    </message>
    <message>
        <source>Danlu did not sign in: nothing secret has been sent.</source>
        <translation>Danlu 没有登录，没有发送任何密码。</translation>
    </message>
    <message>
        <source>Trusted so far</source>
        <translation>此前信任的</translation>
    </message>
    <message>
        <source>Trusted fingerprint %1</source>
        <translation>此前信任的指纹 %1</translation>
    </message>
    <message>
        <source>Shown now (%1)</source>
        <translation>现在出示的（%1）</translation>
    </message>
    <message>
        <source>Usual reasons: you changed the image or reset the system; the instance moved to another host; the address now belongs to somebody else&apos;s instance. If none of these can be, someone may be listening in between: don&apos;t connect.</source>
        <translation>常见原因：更换了镜像或重置了系统；实例迁移到了另一台主机；这个地址现在分给了别人的实例。如果都不是，可能有人在中间监听：不要连接。</translation>
    </message>
    <message>
        <source>Replace for this instance</source>
        <translation>为此实例更换</translation>
    </message>
</context>
<context>
    <name>ui::instances::InstanceDelegate</name>
    <message>
        <source>%1 today</source>
        <extracomment>%1 is the money spent on an instance</extracomment>
        <translation>今天 %1</translation>
    </message>
</context>
<context>
    <name>ui::instances::InstanceHeader</name>
    <message>
        <source>State: %1</source>
        <translation>状态：%1</translation>
    </message>
    <message>
        <source>Edit this instance</source>
        <translation>编辑此实例</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::instances::InstanceList</name>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Copy login command</source>
        <translation>复制登录指令</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Paste login command</source>
        <translation>粘贴登录指令</translation>
    </message>
    <message>
        <source>Copy for sharing</source>
        <translation>复制分享信息</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export instances…</source>
        <translation>导出实例…</translation>
    </message>
    <message>
        <source>Copy password</source>
        <translation>复制密码</translation>
    </message>
</context>
<context>
    <name>ui::instances::PasteField</name>
    <message>
        <source>Login command</source>
        <translation>登录指令</translation>
    </message>
    <message>
        <source>ssh -p 35394 root@region-1.autodl.com</source>
        <translation>ssh -p 35394 root@region-1.autodl.com</translation>
    </message>
    <message>
        <source>and, if you like, the password on the next line</source>
        <translation>可以把密码粘贴在下一行</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>No login command found yet: it looks like “ssh -p 35394 root@host”.</source>
        <translation>还没有找到登录指令，它形如 “ssh -p 35394 root@host”。</translation>
    </message>
    <message>
        <source>Host %1</source>
        <translation>主机 %1</translation>
    </message>
    <message>
        <source>Port %1</source>
        <translation>端口 %1</translation>
    </message>
    <message>
        <source>User %1</source>
        <translation>用户 %1</translation>
    </message>
    <message>
        <source>key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Signs in with a key</source>
        <translation>用密钥登录</translation>
    </message>
    <message>
        <source>password hidden</source>
        <translation>密码已隐藏</translation>
    </message>
    <message>
        <source>With a password</source>
        <translation>带密码</translation>
    </message>
</context>
<context>
    <name>ui::instances::ProfileDialog</name>
    <message>
        <source>Add an instance</source>
        <translation>添加实例</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Sign in with</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>SSH agent</source>
        <translation>SSH 代理（agent）</translation>
    </message>
    <message>
        <source>asked for when connecting</source>
        <translation>连接时再输入</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>empty: agent and ~/.ssh/id_*</source>
        <translation>留空：使用 agent 和 ~/.ssh/id_*</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose a private key</source>
        <translation>选择私钥</translation>
    </message>
    <message>
        <source>Jump host</source>
        <translation>跳板机</translation>
    </message>
    <message>
        <source>user@host:port, or another instance&apos;s name</source>
        <translation>user@host:port，或另一个实例的名称</translation>
    </message>
    <message>
        <source>Price per hour</source>
        <translation>每小时价格</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Import from known_hosts</source>
        <translation>从 known_hosts 导入</translation>
    </message>
    <message>
        <source>Trust the host keys that ~/.ssh/known_hosts lists for this address</source>
        <translation>信任 ~/.ssh/known_hosts 中这个地址的主机密钥</translation>
    </message>
    <message>
        <source>The price is a number like 1.98 or 0.2134.</source>
        <translation>价格是一个数字，例如 1.98 或 0.2134。</translation>
    </message>
</context>
<context>
    <name>ui::instances::PromptPanel</name>
    <message>
        <source>The server asks</source>
        <translation>服务器的提问</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::instances::ProposedPrices</name>
    <message>
        <source>Known prices of %1. Choose yours:</source>
        <extracomment>%1 is a card, or several: &quot;2 × RTX 4090&quot;</extracomment>
        <translation>%1 的已知价格，请选择你的：</translation>
    </message>
    <message>
        <source>%1, from %2</source>
        <translation>%1，来源：%2</translation>
    </message>
</context>
<context>
    <name>ui::instances::SecretPanel</name>
    <message>
        <source>Password of %1</source>
        <translation>%1 的密码</translation>
    </message>
    <message>
        <source>Passphrase of %1</source>
        <translation>%1 的口令</translation>
    </message>
    <message>
        <source>The server refused the last one. After a restart of the instance the password may be another: copy it again from the console.</source>
        <translation>上一个密码被服务器拒绝。实例重启后密码可能会变，请从控制台重新复制。</translation>
    </message>
    <message>
        <source>The last one does not open this key.</source>
        <translation>上一个口令打不开这个密钥。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Remember in the system&apos;s keychain</source>
        <translation>记住（保存在系统钥匙串中）</translation>
    </message>
    <message>
        <source>Kept for this session only: this system has no keychain service.</source>
        <translation>仅在本次运行期间保留：此系统没有钥匙串服务。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::instances::ShareDialog</name>
    <message>
        <source>Export instances</source>
        <translation>导出实例</translation>
    </message>
    <message>
        <source>Names, addresses, users, prices and host keys go along. Passwords, passphrases, keys and notes never do.</source>
        <translation>会包含名称、地址、用户名、价格和主机密钥；密码、口令、密钥和备注绝不会包含。</translation>
    </message>
    <message>
        <source>Instances to export</source>
        <translation>要导出的实例</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>保存为文件…</translation>
    </message>
    <message>
        <source>Danlu&apos;s instances (*.json)</source>
        <translation>丹炉实例 (*.json)</translation>
    </message>
</context>
<context>
    <name>ui::instances::StateWords</name>
    <message>
        <source>Not connected</source>
        <extracomment>State of an instance in the list</extracomment>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>连接中…</translation>
    </message>
    <message>
        <source>Checking host</source>
        <translation>核对主机</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>等你操作</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>登录中…</translation>
    </message>
    <message>
        <source>No-GPU mode</source>
        <translation>无卡模式</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>重连中</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Powered off</source>
        <extracomment>State of an instance in the list: it did so by itself</extracomment>
        <translation>已关机</translation>
    </message>
</context>
<context>
    <name>ui::instances::WelcomePage</name>
    <message>
        <source>Add an instance</source>
        <translation>添加实例</translation>
    </message>
    <message>
        <source>Welcome to Danlu</source>
        <translation>欢迎使用 Danlu 丹炉</translation>
    </message>
    <message>
        <source>Paste the login command from your provider&apos;s console.</source>
        <translation>粘贴控制台里的登录指令。</translation>
    </message>
    <message>
        <source>Import ~/.ssh/config</source>
        <translation>导入 ~/.ssh/config</translation>
    </message>
    <message>
        <source>Add by hand</source>
        <translation>手动添加</translation>
    </message>
    <message>
        <source>How to find the command</source>
        <translation>在哪里找登录指令</translation>
    </message>
    <message>
        <source>AutoDL: 控制台 → 容器实例 → the row of your running instance → copy “登录指令”, then copy “密码”. Both can be pasted here together.
vast.ai and RunPod: “Connect” → the line that begins with “ssh”.
Lab server: ssh user@address is enough.</source>
        <translation>AutoDL：控制台 → 容器实例 → 运行中的实例那一行 → 复制“登录指令”，再复制“密码”，可以一起粘贴到这里。
vast.ai 和 RunPod：点 “Connect” → 复制以 “ssh” 开头的那一行。
实验室服务器：ssh 用户@地址 即可。</translation>
    </message>
    <message>
        <source>Nothing rented yet? Start scripts/run --demo to look at a simulated instance.</source>
        <translation>还没有租实例？运行 scripts/run --demo 看看模拟实例。</translation>
    </message>
</context>
<context>
    <name>ui::jobs</name>
    <message>
        <source>Idle guard</source>
        <translation>空闲守护</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>守护中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>失联</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>ended by %1 (%2)</source>
        <extracomment>%1 is a signal&apos;s name, %2 the exit code</extracomment>
        <translation>被 %1 结束（%2）</translation>
    </message>
    <message>
        <source>exit code %1</source>
        <translation>退出码 %1</translation>
    </message>
    <message numerus="yes">
        <source>The instance powers itself off after %n minutes without work.</source>
        <translation>
            <numerusform>无任务 %n 分钟后实例自动关机。</numerusform>
        </translation>
    </message>
    <message>
        <source>The instance powers itself off when this has succeeded.</source>
        <translation>成功后实例自动关机。</translation>
    </message>
    <message>
        <source>The instance powers itself off when this has ended.</source>
        <translation>结束后实例自动关机。</translation>
    </message>
    <message>
        <source>The instance powers itself off in %1.</source>
        <translation>实例将在 %1 后自动关机。</translation>
    </message>
    <message>
        <source>The power-off was cancelled.</source>
        <translation>已取消关机。</translation>
    </message>
    <message>
        <source>It failed, so the instance was not powered off.</source>
        <translation>任务失败，实例没有关机。</translation>
    </message>
    <message>
        <source>It has powered the instance off.</source>
        <translation>已让实例关机。</translation>
    </message>
    <message>
        <source>Powering off did not work.</source>
        <translation>关机没有成功。</translation>
    </message>
    <message>
        <source>On the instance this runs: %1</source>
        <extracomment>%1 is a command of the shell</extracomment>
        <translation>将在实例上运行：%1</translation>
    </message>
    <message>
        <source>idle is GPU below %1, CPU below %2, disk below %3, network below %4</source>
        <extracomment>What counts as idle; %2 is of one core</extracomment>
        <translation>空闲指 GPU 低于 %1、CPU 低于 %2、磁盘低于 %3、网络低于 %4</translation>
    </message>
</context>
<context>
    <name>ui::jobs::EndStrip</name>
    <message>
        <source>Its files are fetched first</source>
        <translation>先取回文件</translation>
    </message>
    <message>
        <source>Not connected: as it was last</source>
        <translation>未连接：显示上次的状态</translation>
    </message>
    <message>
        <source>Switch the guard off</source>
        <translation>关闭守护</translation>
    </message>
    <message>
        <source>Cancel the power-off</source>
        <translation>取消关机</translation>
    </message>
</context>
<context>
    <name>ui::jobs::GuardBar</name>
    <message>
        <source>Power off when idle for</source>
        <translation>空闲自动关机</translation>
    </message>
    <message>
        <source>Idle is what stays below all limits for so long. What can&apos;t be read counts as busy. The instance watches itself, also when Danlu is closed.</source>
        <translation>持续低于所有上限才算空闲；读不到的数值按忙碌算。由实例自己监看，关闭丹炉也照常生效。</translation>
    </message>
    <message>
        <source>Minutes without work</source>
        <translation>空闲分钟数</translation>
    </message>
    <message>
        <source> min</source>
        <extracomment>After a number in a field</extracomment>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>What counts as idle</source>
        <translation>怎样算空闲</translation>
    </message>
    <message>
        <source>Idle is below:</source>
        <translation>低于以下值算空闲：</translation>
    </message>
    <message>
        <source>GPU limit in percent</source>
        <translation>GPU 上限（百分比）</translation>
    </message>
    <message>
        <source>Of the busiest GPU.</source>
        <translation>以最忙的那张 GPU 为准。</translation>
    </message>
    <message>
        <source>CPU limit in percent of one core</source>
        <translation>CPU 上限（单核百分比）</translation>
    </message>
    <message>
        <source>100 % is one core in full use. Danlu&apos;s charts take some percent themselves.</source>
        <translation>100 % 即占满一个核。丹炉的图表自身会占几个百分点。</translation>
    </message>
    <message>
        <source>Disk limit in KB/s</source>
        <translation>磁盘上限（KB/s）</translation>
    </message>
    <message>
        <source>Read and written together.</source>
        <translation>读写合计。</translation>
    </message>
    <message>
        <source>Network limit in KB/s</source>
        <translation>网络上限（KB/s）</translation>
    </message>
    <message>
        <source>Both ways together. A download that is slower than this does not keep the instance on; Danlu itself takes up to 30 KB/s.</source>
        <translation>收发合计。比这更慢的下载不会阻止关机；丹炉自身最多占 30 KB/s。</translation>
    </message>
    <message>
        <source>GPU </source>
        <extracomment>Before a number in a field: a limit</extracomment>
        <translation>GPU </translation>
    </message>
    <message>
        <source>CPU </source>
        <extracomment>Before a number in a field: a limit</extracomment>
        <translation>CPU </translation>
    </message>
    <message>
        <source>Disk </source>
        <extracomment>Before a number in a field: a limit</extracomment>
        <translation>磁盘 </translation>
    </message>
    <message>
        <source>Network </source>
        <extracomment>Before a number in a field: a limit</extracomment>
        <translation>网络 </translation>
    </message>
    <message>
        <source>Usual limits</source>
        <translation>恢复默认值</translation>
    </message>
</context>
<context>
    <name>ui::jobs::JobModel</name>
    <message>
        <source>%1, begun outside</source>
        <extracomment>%1 is &quot;screen&quot; or &quot;tmux&quot;</extracomment>
        <translation>%1，在外部启动</translation>
    </message>
    <message>
        <source>The busiest GPU of the instance, on average while it ran</source>
        <translation>运行期间实例最忙的 GPU 的平均值</translation>
    </message>
    <message>
        <source>The instance&apos;s CPU on average while it ran; 100 % is one core</source>
        <translation>运行期间实例 CPU 的平均值；100 % 为一个核</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Exit</source>
        <extracomment>Column: the exit code</extracomment>
        <translation>退出码</translation>
    </message>
    <message>
        <source>Time</source>
        <extracomment>Column: how long it ran</extracomment>
        <translation>时长</translation>
    </message>
    <message>
        <source>Cost</source>
        <extracomment>Column: what it cost so far</extracomment>
        <translation>花费</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
</context>
<context>
    <name>ui::jobs::JobsPage</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Start a job…</source>
        <translation>启动任务…</translation>
    </message>
    <message>
        <source>Safe to stop?</source>
        <translation>可以关机吗？</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Jobs and sessions on the instance</source>
        <translation>实例上的任务和会话</translation>
    </message>
    <message>
        <source>Stop…</source>
        <translation>停止…</translation>
    </message>
    <message>
        <source>Start again…</source>
        <translation>再次启动…</translation>
    </message>
    <message>
        <source>Fetch its files</source>
        <translation>取回文件</translation>
    </message>
    <message>
        <source>Copy the attach command</source>
        <translation>复制接入命令</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Begun outside Danlu in %1 (%2). In a terminal of the instance this shows it: %3</source>
        <translation>在丹炉之外由 %1 启动（%2）。在实例终端中用此命令查看：%3</translation>
    </message>
    <message>
        <source>idle for %1</source>
        <translation>已空闲 %1</translation>
    </message>
    <message>
        <source>files fetched</source>
        <translation>文件已取回</translation>
    </message>
    <message>
        <source>fetching its files</source>
        <translation>正在取回文件</translation>
    </message>
    <message>
        <source>No jobs yet</source>
        <translation>还没有任务</translation>
    </message>
    <message>
        <source>A job is a command that goes on when the connection drops, your laptop sleeps or Danlu is closed. It keeps its log and its exit code, and can power the instance off when it has ended.</source>
        <translation>任务是断线、电脑睡眠或关闭丹炉后仍继续运行的命令。它保留日志和退出码，结束后还可以让实例自动关机。</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>正在连接 %1…</translation>
    </message>
    <message>
        <source>Its jobs are shown when it is connected.</source>
        <translation>连接后显示它的任务。</translation>
    </message>
    <message>
        <source>%1 is not connected</source>
        <translation>%1 未连接</translation>
    </message>
    <message>
        <source>Jobs are read from the instance itself. Those that run go on without you.</source>
        <translation>任务从实例上读取。正在运行的任务不需要你在场。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Jobs of %1</source>
        <translation>%1 的任务</translation>
    </message>
    <message>
        <source>As of %1</source>
        <translation>截至 %1</translation>
    </message>
    <message>
        <source>Not connected: as it was at %1. Jobs go on without the connection.</source>
        <translation>未连接：显示 %1 时的状态。任务不依赖连接。</translation>
    </message>
    <message>
        <source>Stop a job?</source>
        <translation>停止任务？</translation>
    </message>
    <message>
        <source>Switch the idle guard off?</source>
        <translation>关闭空闲守护？</translation>
    </message>
    <message>
        <source>Stop %1?</source>
        <translation>停止 %1？</translation>
    </message>
    <message>
        <source>Then the instance does not power itself off when it is idle.</source>
        <translation>之后实例空闲时不再自动关机。</translation>
    </message>
    <message numerus="yes">
        <source>All of its processes are asked to end (SIGTERM); those that are still there after %n seconds are killed. Its log stays. A power-off that waits for its end is cancelled.</source>
        <translation>
            <numerusform>请它的所有进程结束（SIGTERM）；%n 秒后仍在的会被强制结束。日志保留。等待它结束的关机会被取消。</numerusform>
        </translation>
    </message>
    <message>
        <source>Switch it off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stop the job</source>
        <translation>停止任务</translation>
    </message>
    <message>
        <source>Let it run</source>
        <translation>让它继续</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>%1 was stopped</source>
        <translation>%1 已停止</translation>
    </message>
    <message>
        <source>Remove a job?</source>
        <translation>移除任务？</translation>
    </message>
    <message>
        <source>Remove %1 and its log from the instance?</source>
        <translation>从实例上移除 %1 及其日志？</translation>
    </message>
    <message>
        <source>What the job itself has written stays.</source>
        <translation>任务自己写出的文件会保留。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>The command is on the clipboard</source>
        <translation>命令已复制到剪贴板</translation>
    </message>
    <message>
        <source>Power off?</source>
        <translation>关机？</translation>
    </message>
    <message>
        <source>Power %1 off all the same?</source>
        <translation>仍要让 %1 关机吗？</translation>
    </message>
    <message>
        <source>Not everything spoke for it. What runs ends at once.</source>
        <translation>并非所有检查都通过。正在运行的会立刻结束。</translation>
    </message>
    <message>
        <source>Power off</source>
        <translation>关机</translation>
    </message>
    <message>
        <source>Keep it on</source>
        <translation>保持开机</translation>
    </message>
    <message>
        <source>%1 was told to power off</source>
        <translation>已通知 %1 关机</translation>
    </message>
    <message>
        <source>Look at your provider&apos;s console whether it has ended: only then it costs nothing more.</source>
        <translation>请在平台控制台确认已关机：只有这样才不再计费。</translation>
    </message>
    <message>
        <source>Open in a terminal</source>
        <translation>在终端中打开</translation>
    </message>
    <message>
        <source>Shows what it shows. Closing that terminal leaves it running; Ctrl+C in it interrupts what runs.</source>
        <translation>显示其屏幕内容。关闭该终端后它继续运行；在其中按 Ctrl+C 会中断正在运行的程序。</translation>
    </message>
    <message>
        <source>“%1” has powered the instance off. As it was at %2.</source>
        <translation>“%1”已将实例关机。显示的是 %2 时的情况。</translation>
    </message>
</context>
<context>
    <name>ui::jobs::LogPane</name>
    <message>
        <source>Log of the job</source>
        <translation>任务日志</translation>
    </message>
    <message>
        <source>From the start</source>
        <translation>从头查看</translation>
    </message>
    <message>
        <source>Next part</source>
        <translation>下一段</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>到末尾</translation>
    </message>
    <message>
        <source>%1 to %2 of %3</source>
        <extracomment>Of a log: %1 and %2 are sizes; %3 of the whole</extracomment>
        <translation>%1 到 %2，共 %3</translation>
    </message>
    <message>
        <source>It printed nothing</source>
        <translation>没有输出</translation>
    </message>
    <message>
        <source>Whole log: %1</source>
        <translation>完整日志：%1</translation>
    </message>
    <message>
        <source>Live: %1</source>
        <translation>实时：%1</translation>
    </message>
    <message>
        <source>Not connected. It goes on here when the connection is back.</source>
        <translation>未连接。恢复连接后在此继续。</translation>
    </message>
    <message>
        <source>The first %1 are left out here</source>
        <translation>此处省略了开头的 %1</translation>
    </message>
    <message>
        <source>The disk was full at times: lines are missing</source>
        <translation>磁盘曾经写满：缺少部分行</translation>
    </message>
</context>
<context>
    <name>ui::jobs::SafetyPanel</name>
    <message>
        <source>Power off now</source>
        <translation>立即关机</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再检查一次</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Files that are newer</source>
        <translation>较新的文件</translation>
    </message>
    <message>
        <source>Looking whether it is safe to stop…</source>
        <translation>正在检查是否可以关机…</translation>
    </message>
    <message>
        <source>Jobs, sessions, load, and files that are not on your computer yet.</source>
        <translation>任务、会话、负载，以及还没下载到本机的文件。</translation>
    </message>
    <message numerus="yes">
        <source>%n copies have not ended</source>
        <translation>
            <numerusform>有 %n 个传输未完成</numerusform>
        </translation>
    </message>
    <message>
        <source>Safe to stop</source>
        <translation>可以关机</translation>
    </message>
    <message>
        <source>Look at this before you stop it</source>
        <translation>关机前请看一下</translation>
    </message>
    <message>
        <source>What is on its disks stays; what is in memory goes. After a power-off the provider stops charging for the GPU.</source>
        <translation>磁盘上的内容会保留，内存中的会丢失。关机后平台停止对 GPU 计费。</translation>
    </message>
    <message>
        <source>No job runs</source>
        <translation>没有任务在运行</translation>
    </message>
    <message numerus="yes">
        <source>%n jobs run</source>
        <translation>
            <numerusform>%n 个任务在运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sessions were begun outside</source>
        <translation>
            <numerusform>有 %n 个在外部启动的会话</numerusform>
        </translation>
    </message>
    <message>
        <source>GPU %1, CPU %2, disk %3, network %4</source>
        <extracomment>The load of an instance</extracomment>
        <translation>GPU %1，CPU %2，磁盘 %3，网络 %4</translation>
    </message>
    <message>
        <source>Nothing works on it</source>
        <translation>实例上没有负载</translation>
    </message>
    <message>
        <source>Something works on it</source>
        <translation>实例上有负载</translation>
    </message>
    <message>
        <source>Not all of its load can be read, so it may be busy</source>
        <translation>无法读取全部负载，可能正忙</translation>
    </message>
    <message>
        <source>since your last download, %1</source>
        <translation>自上次下载（%1）以来</translation>
    </message>
    <message>
        <source>in the last 24 hours; nothing was downloaded yet</source>
        <translation>最近 24 小时内；还没有下载过</translation>
    </message>
    <message>
        <source>Nobody could look for new files</source>
        <translation>未能查找新文件</translation>
    </message>
    <message>
        <source>No new files</source>
        <translation>没有新文件</translation>
    </message>
    <message numerus="yes">
        <source>%n files are new</source>
        <translation>
            <numerusform>有 %n 个新文件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 at least: not all folders could be looked at</source>
        <translation>至少 %1：并非所有目录都能查看</translation>
    </message>
    <message>
        <source>No screen or tmux session was begun outside</source>
        <translation>没有在别处打开的 screen 或 tmux 会话</translation>
    </message>
    <message numerus="yes">
        <source>A command runs in %n kept terminals</source>
        <translation>
            <numerusform>有 %n 个保留的终端中正在运行命令</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::jobs::StartPanel</name>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Conda environment</source>
        <translation>Conda 环境</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Fetch when done</source>
        <translation>完成后取回</translation>
    </message>
    <message>
        <source>When it has ended</source>
        <translation>结束后</translation>
    </message>
    <message>
        <source>This runs</source>
        <translation>将执行</translation>
    </message>
    <message>
        <source>The home folder</source>
        <translation>主目录</translation>
    </message>
    <message>
        <source>None: as in a fresh terminal</source>
        <translation>无：与新终端相同</translation>
    </message>
    <message>
        <source>The command&apos;s first line</source>
        <translation>命令的第一行</translation>
    </message>
    <message>
        <source>best.pt, one file, folder or pattern a line</source>
        <translation>best.pt，每行一个文件、目录或模式</translation>
    </message>
    <message>
        <source>Academic acceleration (source /etc/network_turbo)</source>
        <translation>学术加速（source /etc/network_turbo）</translation>
    </message>
    <message>
        <source>Nothing more happens</source>
        <translation>不做其他事</translation>
    </message>
    <message>
        <source>The instance powers itself off</source>
        <translation>实例自动关机</translation>
    </message>
    <message>
        <source>The instance powers itself off if it succeeded</source>
        <translation>成功才自动关机</translation>
    </message>
    <message>
        <source> s countdown</source>
        <extracomment>After a number in a field: a countdown</extracomment>
        <translation> 秒倒计时</translation>
    </message>
    <message>
        <source>Countdown in seconds</source>
        <translation>倒计时秒数</translation>
    </message>
    <message>
        <source>Start the job</source>
        <translation>启动任务</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>A variable is NAME=VALUE: %1</source>
        <translation>变量格式为 名称=值：%1</translation>
    </message>
    <message>
        <source>A variable&apos;s name has letters, digits and _ only.</source>
        <translation>变量名只能含字母、数字和 _。</translation>
    </message>
    <message>
        <source>That is too long: put it into a file on the instance and run that.</source>
        <translation>太长了：请写进实例上的文件再运行。</translation>
    </message>
    <message>
        <source>That can&apos;t run: %1</source>
        <translation>无法运行：%1</translation>
    </message>
    <message>
        <source>The instance does it itself, also when this computer is off. It is shown with its countdown and can be cancelled until then. Fetched files come first when Danlu is connected.</source>
        <translation>由实例自己执行，本机关机也有效。会显示倒计时，在此之前可以取消。丹炉在线时先取回文件。</translation>
    </message>
    <message>
        <source>It runs by itself in screen, or tmux or nohup where that is missing: %1</source>
        <extracomment>%1 is a command of the shell</extracomment>
        <translation>在 screen 中独立运行（没有时用 tmux 或 nohup）：%1</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
</context>
<context>
    <name>ui::keys::AgentDialog</name>
    <message>
        <source>Add a key to the agent</source>
        <translation>把密钥加入代理</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>其他文件…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>The agent keeps the unlocked key in memory. ssh, git, VS Code and Danlu sign in with it and ask for no passphrase.</source>
        <translation>代理把解锁后的密钥保存在内存里。ssh、git、VS Code 和丹炉都用它登录，不再询问口令。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>何时忘掉</translation>
    </message>
    <message>
        <source>when you sign out or remove it</source>
        <translation>注销或移除时</translation>
    </message>
    <message numerus="yes">
        <source>after %n hour(s)</source>
        <translation>
            <numerusform>%n 小时后</numerusform>
        </translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>正在加入…</translation>
    </message>
    <message>
        <source>Choose a private key</source>
        <translation>选择私钥</translation>
    </message>
    <message>
        <source>This key has none</source>
        <translation>这个密钥没有口令</translation>
    </message>
</context>
<context>
    <name>ui::keys::AgentKeys</name>
    <message>
        <source>Open “Services”, set “OpenSSH Authentication Agent” to start by itself and start it. Or start Pageant, which comes with PuTTY.</source>
        <translation>打开“服务”，把“OpenSSH Authentication Agent”设为自动启动并启动它；或者启动 PuTTY 自带的 Pageant。</translation>
    </message>
    <message>
        <source>macOS runs one for every user, but Danlu was started without it (SSH_AUTH_SOCK is not set). Start Danlu from the Dock or the Finder.</source>
        <translation>macOS 会为每个用户运行一个代理，但丹炉启动时没有得到它（未设置 SSH_AUTH_SOCK）。请从程序坞或访达启动丹炉。</translation>
    </message>
    <message>
        <source>Most desktops start one when you sign in. If yours does not, type “eval $(ssh-agent)” in a terminal and start Danlu from that terminal.</source>
        <translation>多数桌面环境会在登录时启动一个代理。如果没有，请在终端输入“eval $(ssh-agent)”，再从该终端启动丹炉。</translation>
    </message>
    <message>
        <source>Keys in the agent</source>
        <translation>代理中的密钥</translation>
    </message>
    <message>
        <source>Ask the agent again</source>
        <translation>重新询问代理</translation>
    </message>
    <message>
        <source>Add a key…</source>
        <translation>加入密钥…</translation>
    </message>
    <message>
        <source>Sign in with it on</source>
        <translation>用它登录</translation>
    </message>
    <message>
        <source>Puts the key on the instance, tries it, and signs in through the agent from then on</source>
        <translation>把密钥装到实例上，试用一次，之后通过代理登录</translation>
    </message>
    <message>
        <source>Copy public key</source>
        <translation>复制公钥</translation>
    </message>
    <message>
        <source>Take out of the agent</source>
        <translation>从代理中移除</translation>
    </message>
    <message>
        <source>The agent does not answer</source>
        <translation>代理没有应答</translation>
    </message>
    <message>
        <source>It may be waiting for you in another window.</source>
        <translation>它可能正在另一个窗口等你确认。</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再问一次</translation>
    </message>
    <message>
        <source>The agent at %1</source>
        <translation>代理位于 %1</translation>
    </message>
    <message>
        <source>The agent holds no key</source>
        <translation>代理中没有密钥</translation>
    </message>
    <message>
        <source>A key that you add is unlocked once. From then on ssh, git, VS Code and Danlu sign in with it and ask for no passphrase.</source>
        <translation>加入的密钥只需解锁一次。之后 ssh、git、VS Code 和丹炉都用它登录，不再询问口令。</translation>
    </message>
    <message>
        <source>No key agent runs</source>
        <translation>没有正在运行的密钥代理</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>The public key is on the clipboard</source>
        <translation>公钥已复制到剪贴板</translation>
    </message>
    <message>
        <source>Connect an instance first</source>
        <translation>请先连接一个实例</translation>
    </message>
    <message>
        <source>This passphrase does not open the key.</source>
        <translation>这个口令打不开该密钥。</translation>
    </message>
    <message>
        <source>The agent holds %1 now</source>
        <translation>代理已保存 %1</translation>
    </message>
    <message>
        <source>The agent refused. Some, such as that of Windows, can&apos;t forget a key by themselves: try it without a time.</source>
        <translation>代理拒绝了。有些代理（例如 Windows 自带的）不能自动忘掉密钥：请不设时限再试。</translation>
    </message>
    <message>
        <source>Take %1 out?</source>
        <translation>移除 %1？</translation>
    </message>
    <message>
        <source>Take the key %1 out of the agent?</source>
        <translation>要从代理中移除密钥 %1 吗？</translation>
    </message>
    <message>
        <source>These are signed in to through the agent, perhaps with this key: %1.</source>
        <translation>以下实例通过代理登录，可能用的就是这个密钥：%1。</translation>
    </message>
    <message>
        <source>No file in ~/.ssh has this key. To add it again you need the program or the file that it came from.</source>
        <translation>~/.ssh 中没有这个密钥的文件。要再次加入，需要它原来的程序或文件。</translation>
    </message>
    <message>
        <source>Its file stays and can be added again.</source>
        <translation>它的文件会保留，可以再次加入。</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>The agent does not hold the key any more</source>
        <translation>代理中已没有该密钥</translation>
    </message>
</context>
<context>
    <name>ui::keys::InstanceKeys</name>
    <message>
        <source>Keys that an instance accepts</source>
        <translation>实例接受的密钥</translation>
    </message>
    <message>
        <source>Keys that the instance accepts</source>
        <translation>实例接受的密钥</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Copy public key</source>
        <translation>复制公钥</translation>
    </message>
    <message>
        <source>Remove from the instance…</source>
        <translation>从实例上移除…</translation>
    </message>
    <message>
        <source>Make the file writable on the instance, or change its keys in the provider&apos;s console.</source>
        <translation>请在实例上让该文件可写，或在平台控制台修改密钥。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>No instance yet</source>
        <translation>还没有实例</translation>
    </message>
    <message>
        <source>Paste a login command on the left. Then this page shows which keys the instance accepts.</source>
        <translation>在左侧粘贴登录命令，这里就会显示实例接受哪些密钥。</translation>
    </message>
    <message>
        <source>%1 accepts no key yet</source>
        <translation>%1 还没有接受任何密钥</translation>
    </message>
    <message>
        <source>Only its password signs in. One click puts a key there and uses it from then on.</source>
        <translation>目前只能用密码登录。一键即可装上密钥，之后都用它登录。</translation>
    </message>
    <message>
        <source>Use a key</source>
        <translation>改用密钥登录</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>正在连接 %1…</translation>
    </message>
    <message>
        <source>Its keys are shown when it is connected.</source>
        <translation>连接后显示它接受的密钥。</translation>
    </message>
    <message>
        <source>%1 is not connected</source>
        <translation>%1 未连接</translation>
    </message>
    <message>
        <source>The keys that it accepts are read from the instance itself.</source>
        <translation>它接受的密钥直接从实例上读取。</translation>
    </message>
    <message>
        <source>%1, %2, as of %3</source>
        <extracomment>%1 is user@host, %2 a path, %3 a time</extracomment>
        <translation>%1，%2，截至 %3</translation>
    </message>
    <message>
        <source>Not connected: as it was last. %1</source>
        <translation>未连接：显示的是上次的内容。%1</translation>
    </message>
    <message>
        <source>The public key is on the clipboard</source>
        <translation>公钥已复制到剪贴板</translation>
    </message>
    <message>
        <source>Its private half is not on this computer. Whoever has it can&apos;t sign in to %1 any more: another computer of yours, a colleague, or your provider.</source>
        <translation>它的私钥不在这台电脑上。持有它的人（你的另一台电脑、同事或平台）将无法再登录 %1。</translation>
    </message>
    <message>
        <source>Without it Danlu can&apos;t sign in to %1 the next time; you will need the password from your provider&apos;s console. The connection that is open stays.</source>
        <translation>没有它，丹炉下次将无法登录 %1，需要平台控制台上的密码。当前的连接不受影响。</translation>
    </message>
    <message>
        <source>Danlu signs in to %1 with the agent or a key of ~/.ssh, and this is one of them. When it was the one, you will need the password from your provider&apos;s console. The connection that is open stays.</source>
        <translation>丹炉用代理或 ~/.ssh 中的密钥登录 %1，这是其中之一。如果用的正是它，下次需要平台控制台上的密码。当前的连接不受影响。</translation>
    </message>
    <message>
        <source>These can&apos;t be signed in to with it any more: %1.</source>
        <translation>以下实例将无法再用它登录：%1。</translation>
    </message>
    <message>
        <source>It is a key of this computer, but no instance of this list signs in there with it. Programs that do, such as ssh in a terminal, can&apos;t any more.</source>
        <translation>它是这台电脑的密钥，但列表中没有实例用它登录那里。用它的其他程序（例如终端里的 ssh）将无法再登录。</translation>
    </message>
    <message>
        <source>Danlu signs in to %1 with the key %2. Remove it there all the same?</source>
        <translation>丹炉用密钥 %2 登录 %1。仍要移除吗？</translation>
    </message>
    <message>
        <source>Danlu may sign in to %1 with the key %2. Remove it there all the same?</source>
        <translation>丹炉可能用密钥 %2 登录 %1。仍要移除吗？</translation>
    </message>
    <message>
        <source>Remove the key %2 from %1?</source>
        <translation>要从 %1 上移除密钥 %2 吗？</translation>
    </message>
    <message>
        <source>Remove a key from %1?</source>
        <translation>要从 %1 上移除一个密钥吗？</translation>
    </message>
    <message>
        <source>Its line in %1 goes, nothing else. Key files on this computer stay.</source>
        <translation>只删除 %1 中的那一行，其余不变。这台电脑上的密钥文件会保留。</translation>
    </message>
    <message>
        <source>Remove all the same</source>
        <translation>仍然移除</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>%1 does not accept the key any more</source>
        <translation>%1 不再接受该密钥</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>放回去</translation>
    </message>
    <message>
        <source>%1 accepts the key again</source>
        <translation>%1 又接受该密钥了</translation>
    </message>
    <message>
        <source>Changing the keys on %1…</source>
        <translation>正在修改 %1 上的密钥…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::keys::KeyModel</name>
    <message>
        <source>Other users of this computer can read it, so ssh refuses it.</source>
        <translation>本机的其他用户也能读取它，因此 ssh 会拒绝使用。</translation>
    </message>
    <message>
        <source>You may not read this file.</source>
        <translation>你没有权限读取这个文件。</translation>
    </message>
    <message>
        <source>Danlu can&apos;t sign in with this kind of key.</source>
        <translation>丹炉不能用这种密钥登录。</translation>
    </message>
    <message>
        <source>The file is damaged.</source>
        <translation>文件已损坏。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <extracomment>Whether a key file is protected by a passphrase</extracomment>
        <translation>口令</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Protected by</source>
        <translation>保护方式</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Danlu has not signed in with it yet</source>
        <translation>丹炉还没有用它登录过</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
</context>
<context>
    <name>ui::keys::KeyOffer</name>
    <message>
        <source>Others may write to %1, so the server ignores the keys in it.</source>
        <translation>其他用户可以写入 %1，所以服务器不理会其中的密钥。</translation>
    </message>
    <message>
        <source>%1 belongs to another user, so the server ignores it.</source>
        <translation>%1 属于其他用户，所以服务器不理会它。</translation>
    </message>
    <message>
        <source>The server looks for keys elsewhere (%1).</source>
        <translation>服务器在别处查找密钥（%1）。</translation>
    </message>
    <message>
        <source>The server takes no keys (%1).</source>
        <translation>服务器不接受密钥登录（%1）。</translation>
    </message>
    <message>
        <source>The server wants more than a key (%1).</source>
        <translation>服务器除了密钥还要求别的验证（%1）。</translation>
    </message>
    <message>
        <source>Never type this password again</source>
        <translation>以后不用再输入这个密码</translation>
    </message>
    <message>
        <source>One click makes a key, puts it on the instance, tries it and signs in with it from then on.</source>
        <translation>一键生成密钥，放到实例上并试登录，之后就用密钥登录。</translation>
    </message>
    <message>
        <source>Use a key</source>
        <translation>改用密钥登录</translation>
    </message>
    <message>
        <source>From now on Danlu signs in with the key %1</source>
        <translation>今后丹炉用密钥 %1 登录</translation>
    </message>
    <message>
        <source>It was tried on a new connection. The password is still valid in the provider&apos;s console, but it is not needed here any more.</source>
        <translation>已在新连接上试过。密码在平台控制台里仍然有效，但这里不再需要它。</translation>
    </message>
    <message>
        <source>Looking for a key…</source>
        <translation>正在查找密钥…</translation>
    </message>
    <message>
        <source>Making a key…</source>
        <translation>正在生成密钥…</translation>
    </message>
    <message>
        <source>Putting the key on the instance…</source>
        <translation>正在把公钥放到实例上…</translation>
    </message>
    <message>
        <source>Trying to sign in with it…</source>
        <translation>正在用密钥试登录…</translation>
    </message>
    <message>
        <source>Switching the instance to the key…</source>
        <translation>正在改为密钥登录…</translation>
    </message>
    <message>
        <source>Until it has worked, nothing changes.</source>
        <translation>在试登录成功之前，什么都不会改变。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The system&apos;s keychain may ask you to unlock it.</source>
        <translation>系统钥匙串可能会要求你解锁。</translation>
    </message>
    <message>
        <source>From now on Danlu signs in through the agent</source>
        <translation>今后丹炉通过代理登录</translation>
    </message>
    <message>
        <source>Danlu goes on signing in with the password, which is kept.</source>
        <translation>丹炉继续用密码登录，密码会保留。</translation>
    </message>
    <message>
        <source>Danlu goes on signing in as before.</source>
        <translation>丹炉照旧登录。</translation>
    </message>
    <message>
        <source>The key may be in the instance&apos;s list already; that does no harm.</source>
        <translation>密钥可能已在实例的列表里，这没有坏处。</translation>
    </message>
    <message>
        <source>Install a key</source>
        <translation>安装密钥</translation>
    </message>
    <message>
        <source>%1 is protected by a passphrase.</source>
        <translation>%1 有口令保护。</translation>
    </message>
</context>
<context>
    <name>ui::keys::KeysPage</name>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Where the keys are</source>
        <translation>密钥在哪里</translation>
    </message>
    <message>
        <source>On this computer</source>
        <extracomment>Pages of the Keys page: where keys are</extracomment>
        <translation>本机</translation>
    </message>
    <message>
        <source>In the agent</source>
        <translation>代理中</translation>
    </message>
    <message>
        <source>On an instance</source>
        <translation>实例上</translation>
    </message>
</context>
<context>
    <name>ui::keys::LocalKeys</name>
    <message>
        <source>Keys of this computer</source>
        <translation>本机的密钥</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新建密钥</translation>
    </message>
    <message>
        <source>Another kind…</source>
        <translation>其他类型…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Copy public key</source>
        <translation>复制公钥</translation>
    </message>
    <message>
        <source>Install on</source>
        <translation>安装到</translation>
    </message>
    <message>
        <source>Passphrase…</source>
        <translation>口令…</translation>
    </message>
    <message>
        <source>Export public key…</source>
        <translation>导出公钥…</translation>
    </message>
    <message>
        <source>Make it private</source>
        <translation>改为仅自己可读</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>No keys yet</source>
        <translation>还没有密钥</translation>
    </message>
    <message>
        <source>With a key you sign in without a password. One click makes one.</source>
        <translation>有了密钥就不用输入密码登录。一键即可生成。</translation>
    </message>
    <message>
        <source>Making the key…</source>
        <translation>正在生成密钥…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Made %1</source>
        <translation>已生成 %1</translation>
    </message>
    <message>
        <source>Install it on a connected instance, or copy its public key for your provider&apos;s console.</source>
        <translation>可以安装到已连接的实例上，或者复制公钥粘贴到平台控制台。</translation>
    </message>
    <message>
        <source>Import a private key</source>
        <translation>导入私钥</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>PuTTY keys (*.ppk)</source>
        <translation>PuTTY 密钥 (*.ppk)</translation>
    </message>
    <message>
        <source>PEM (*.pem *.key)</source>
        <translation>PEM (*.pem *.key)</translation>
    </message>
    <message>
        <source>%1 is protected by a passphrase.</source>
        <translation>%1 有口令保护。</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>%1 is only the public half of a key</source>
        <translation>%1 只是密钥的公开部分</translation>
    </message>
    <message>
        <source>It may be given to anybody and put on instances, but it can&apos;t sign in: that needs the private half, which is the file without .pub.</source>
        <translation>它可以给任何人、装到实例上，但不能用来登录：登录需要私钥，也就是不带 .pub 的那个文件。</translation>
    </message>
    <message>
        <source>That file is beside it: %1.</source>
        <translation>那个文件就在旁边：%1。</translation>
    </message>
    <message>
        <source>Look for it on the computer where the key was made, or make a new key here.</source>
        <translation>请到生成密钥的电脑上找它，或者在这里新建一个密钥。</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>Choose another file…</source>
        <translation>选择其他文件…</translation>
    </message>
    <message>
        <source>Imported as %1</source>
        <translation>已导入为 %1</translation>
    </message>
    <message>
        <source>The public key is on the clipboard</source>
        <translation>公钥已复制到剪贴板</translation>
    </message>
    <message>
        <source>Paste it where your provider&apos;s console asks for an SSH public key (on AutoDL: 设置SSH免密登录, once for all your instances). A running instance takes it after one restart.</source>
        <translation>请粘贴到平台控制台的 SSH 公钥处（AutoDL：“设置SSH免密登录”，填一次对所有实例有效）。正在运行的实例需要重启一次才生效。</translation>
    </message>
    <message>
        <source>Connect an instance first</source>
        <translation>请先连接一个实例</translation>
    </message>
    <message>
        <source>Install a key</source>
        <translation>安装密钥</translation>
    </message>
    <message>
        <source>%1 is protected by a passphrase. It is kept in the keychain, so that Danlu can sign in by itself.</source>
        <translation>%1 有口令保护。口令会存入系统钥匙串，这样丹炉可以自动登录。</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Passphrase of a key</source>
        <translation>密钥口令</translation>
    </message>
    <message>
        <source>Without a new one, %1 works by itself from now on.</source>
        <translation>如果不设新口令，%1 今后不需要口令即可使用。</translation>
    </message>
    <message>
        <source>%1 has no passphrase yet.</source>
        <translation>%1 还没有口令。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>The key has the new passphrase</source>
        <translation>已换成新口令</translation>
    </message>
    <message>
        <source>The key has no passphrase any more</source>
        <translation>密钥已不再需要口令</translation>
    </message>
    <message>
        <source>Export the public key</source>
        <translation>导出公钥</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>删除 %1？</translation>
    </message>
    <message>
        <source>Delete the key %1 for ever?</source>
        <translation>要永久删除密钥 %1 吗？</translation>
    </message>
    <message>
        <source>No instance of this list signs in with it.</source>
        <translation>列表中没有实例用它登录。</translation>
    </message>
    <message>
        <source>These can&apos;t be signed in to with it any more: %1. You will need their password.</source>
        <translation>以下实例将无法再用它登录：%1。之后需要输入密码。</translation>
    </message>
    <message>
        <source>The files %1 and %1.pub are removed. Nobody can bring them back.</source>
        <translation>将删除文件 %1 和 %1.pub，无法恢复。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>ui::keys::NewKeyDialog</name>
    <message>
        <source>Keep the passphrase in the keychain</source>
        <translation>把口令存入系统钥匙串</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新建密钥</translation>
    </message>
    <message>
        <source>Ed25519 (small, quick, taken everywhere today)</source>
        <translation>Ed25519（短小、快，如今到处可用）</translation>
    </message>
    <message>
        <source>RSA 4096 (for old servers and consoles)</source>
        <translation>RSA 4096（用于旧服务器和旧控制台）</translation>
    </message>
    <message>
        <source>Make the key</source>
        <translation>生成密钥</translation>
    </message>
    <message>
        <source>A passphrase protects the file when somebody gets at this computer. Without one the key works by itself.</source>
        <translation>即使别人拿到这台电脑，口令也能保护密钥文件。不设口令时，密钥可直接使用。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再输一次</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>A file is needed.</source>
        <translation>请填写文件。</translation>
    </message>
    <message>
        <source>This file is there already; Danlu never writes over a key.</source>
        <translation>这个文件已经存在；丹炉从不覆盖密钥。</translation>
    </message>
    <message>
        <source>The two passphrases differ.</source>
        <translation>两次输入的口令不一致。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::keys::PassphraseDialog</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>新口令</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再输一次</translation>
    </message>
    <message>
        <source>The two passphrases differ.</source>
        <translation>两次输入的口令不一致。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::keys::PublicKeyModel</name>
    <message>
        <source>Danlu signs in with it</source>
        <translation>丹炉用它登录</translation>
    </message>
    <message>
        <source>Danlu may sign in with it</source>
        <translation>丹炉可能用它登录</translation>
    </message>
    <message>
        <source>Not on this computer</source>
        <translation>不在这台电脑上</translation>
    </message>
    <message>
        <source>Key</source>
        <extracomment>Column: the key file of this computer</extracomment>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Use</source>
        <extracomment>Column: what Danlu does with the key</extracomment>
        <translation>用途</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Options</source>
        <extracomment>Column: what stands before the key in authorized_keys</extracomment>
        <translation>选项</translation>
    </message>
</context>
<context>
    <name>ui::money::BudgetCard</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 spent</source>
        <translation>已花 %1</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Danlu warns at 80 % and at 100 %; it stops nothing by itself</source>
        <translation>到 80 % 和 100 % 时提醒；丹炉不会自行关机</translation>
    </message>
    <message>
        <source>None</source>
        <extracomment>No budget</extracomment>
        <translation>无</translation>
    </message>
    <message>
        <source>At most each day</source>
        <translation>每天最多</translation>
    </message>
    <message>
        <source>At most each month</source>
        <translation>每月最多</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>币种</translation>
    </message>
    <message>
        <source>Currency of the budget</source>
        <translation>预算的币种</translation>
    </message>
</context>
<context>
    <name>ui::money::MoneyPage</name>
    <message>
        <source>%1 running</source>
        <extracomment>%1 is a duration</extracomment>
        <translation>运行 %1</translation>
    </message>
    <message>
        <source>%1 of it while the GPU was idle</source>
        <extracomment>Money paid while the GPU did nothing</extracomment>
        <translation>其中 %1 花在 GPU 空闲时</translation>
    </message>
    <message>
        <source>Nothing ran</source>
        <translation>没有运行</translation>
    </message>
    <message>
        <source>Danlu does not know what %1 costs an hour</source>
        <translation>丹炉不知道 %1 每小时多少钱</translation>
    </message>
    <message>
        <source>Its time counts, its money does not. A price that you set now also counts for the time that has passed without one.</source>
        <translation>只计了时间，没有计钱。现在填的价格也会用于之前没有价格的时间。</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>花费</translation>
    </message>
    <message>
        <source>Nothing has run yet</source>
        <translation>还没有运行记录</translation>
    </message>
    <message>
        <source>Danlu measures how long your instances run while it is connected to them, and what ran before from when they were started. With a price for each instance it tells what that costs, and how much of it for nothing.</source>
        <translation>连接实例时，丹炉会记录它运行了多久，并从开机时间推算之前的部分。给每个实例填上价格，就能看到花了多少、其中多少是白花的。</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>Time that the tables are about</source>
        <translation>表格的时间范围</translation>
    </message>
    <message>
        <source>By instance</source>
        <translation>按实例</translation>
    </message>
    <message>
        <source>By card</source>
        <translation>按显卡</translation>
    </message>
    <message>
        <source>Spending by instance</source>
        <translation>各实例花费</translation>
    </message>
    <message>
        <source>Spending by card</source>
        <translation>各显卡花费</translation>
    </message>
    <message>
        <source>Measured from what Danlu saw; the provider&apos;s bill counts. After an instance is powered off unseen, Danlu counts until it last saw it on.</source>
        <translation>根据丹炉观察到的情况统计，以平台账单为准。如果关机时丹炉没有看到，只计到最后一次看到它开机的时刻。</translation>
    </message>
    <message>
        <source>Set its price…</source>
        <translation>填写价格…</translation>
    </message>
</context>
<context>
    <name>ui::money::SpendingModel</name>
    <message>
        <source>Unknown card</source>
        <translation>未知显卡</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>无价格</translation>
    </message>
    <message>
        <source>Cost of the time with the GPU under 5 %</source>
        <translation>GPU 利用率低于 5 % 的时间的花费</translation>
    </message>
    <message>
        <source>GPU under 5 %; one of several GPUs counts in part</source>
        <translation>GPU 低于 5 %；多卡时按比例计</translation>
    </message>
    <message>
        <source>Counted from when Danlu last saw it on, so it may be later</source>
        <translation>从丹炉最后一次看到它开机算起，实际可能更晚</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>花费</translation>
    </message>
    <message>
        <source>Wasted</source>
        <extracomment>Money that was paid while the GPU did nothing</extracomment>
        <translation>浪费</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>GPU idle</source>
        <extracomment>How long the GPU did nothing</extracomment>
        <translation>GPU 空闲</translation>
    </message>
    <message>
        <source>Without GPU</source>
        <translation>无卡模式</translation>
    </message>
    <message>
        <source>Released</source>
        <extracomment>When the provider deletes the instance</extracomment>
        <translation>释放</translation>
    </message>
</context>
<context>
    <name>ui::monitor::AdviceSection</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the lines to check it</source>
        <translation>复制用于检查的命令</translation>
    </message>
    <message>
        <source>Not again</source>
        <extracomment>Never show this advice for this instance again</extracomment>
        <translation>不再提示</translation>
    </message>
    <message>
        <source>Not again: %1</source>
        <translation>不再提示：%1</translation>
    </message>
    <message>
        <source>Show less advice</source>
        <translation>收起建议</translation>
    </message>
    <message numerus="yes">
        <source>%n more piece(s) of advice</source>
        <translation>
            <numerusform>还有 %n 条建议</numerusform>
        </translation>
    </message>
    <message>
        <source>What takes the room?</source>
        <translation>空间被什么占用？</translation>
    </message>
    <message>
        <source>What takes the room on %1?</source>
        <translation>%1 的空间被什么占用？</translation>
    </message>
    <message>
        <source>Safe to stop?</source>
        <translation>可以关机吗？</translation>
    </message>
</context>
<context>
    <name>ui::monitor::DiskRow</name>
    <message>
        <source>%1 (%2, almost full)</source>
        <extracomment>How full a disk is: &quot;12.1 / 30 GB (40 %)&quot;</extracomment>
        <translation>%1（%2，快满了）</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 / %2 files</source>
        <extracomment>Files on a disk and how many it can hold: &quot;580 / 200 k files&quot;</extracomment>
        <translation>%1 / %2 个文件</translation>
    </message>
    <message>
        <source>What takes the room?</source>
        <translation>空间被什么占用？</translation>
    </message>
    <message>
        <source>What takes the room on %1?</source>
        <translation>%1 的空间被什么占用？</translation>
    </message>
</context>
<context>
    <name>ui::monitor::DiskSection</name>
    <message>
        <source>Disks</source>
        <translation>磁盘</translation>
    </message>
</context>
<context>
    <name>ui::monitor::GpuCard</name>
    <message>
        <source>%1 utilisation</source>
        <extracomment>%1 is &quot;GPU 0&quot;; for screen readers</extracomment>
        <translation>%1 利用率</translation>
    </message>
    <message>
        <source>%1 utilisation, chart</source>
        <translation>%1 利用率，图表</translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>%1 memory</source>
        <translation>%1 显存</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>功耗</translation>
    </message>
    <message>
        <source>%1 power</source>
        <translation>%1 功耗</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>%1 temperature</source>
        <translation>%1 温度</translation>
    </message>
    <message>
        <source>MIG</source>
        <extracomment>The card is cut into slices (Multi-Instance GPU)</extracomment>
        <translation>MIG</translation>
    </message>
    <message>
        <source>The card is cut into MIG slices; the driver then tells no utilisation.</source>
        <translation>这张显卡已切分为 MIG 实例，此时驱动不报告利用率。</translation>
    </message>
</context>
<context>
    <name>ui::monitor::GpuModel</name>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>利用率</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>功耗</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>风扇</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>频率</translation>
    </message>
    <message>
        <source>MIG</source>
        <translation>MIG</translation>
    </message>
    <message>
        <source>on (%1)</source>
        <extracomment>MIG is switched on; %1 is the number of slices the card is cut into</extracomment>
        <translation>开（%1）</translation>
    </message>
</context>
<context>
    <name>ui::monitor::GpuOverview</name>
    <message>
        <source>GPU utilisation</source>
        <translation>显卡利用率</translation>
    </message>
    <message>
        <source>average of all cards</source>
        <translation>所有显卡的平均值</translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>all cards together</source>
        <translation>所有显卡合计</translation>
    </message>
    <message>
        <source>GPU power</source>
        <translation>显卡功耗</translation>
    </message>
    <message>
        <source>GPU temperature</source>
        <translation>显卡温度</translation>
    </message>
    <message>
        <source>the hottest card</source>
        <translation>最热的一张</translation>
    </message>
</context>
<context>
    <name>ui::monitor::GpuTile</name>
    <message>
        <source>%1 utilisation</source>
        <translation>%1 利用率</translation>
    </message>
    <message>
        <source>%1 memory</source>
        <translation>%1 显存</translation>
    </message>
</context>
<context>
    <name>ui::monitor::HolderModel</name>
    <message>
        <source>Compute</source>
        <extracomment>A process that computes on the GPU</extracomment>
        <translation>计算</translation>
    </message>
    <message>
        <source>Graphics</source>
        <extracomment>A process that draws with the GPU</extracomment>
        <translation>图形</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>PID on the host</source>
        <translation>宿主机 PID</translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>ui::monitor::LoadSection</name>
    <message>
        <source>of %1, that is %2 of the host&apos;s %3 cores</source>
        <extracomment>After the use of the CPU: &quot;of 1,600 %, that is 24 % of the container&apos;s 16 cores&quot;. %1 and %2 are percentages, 100 % is one core; %3 is a number, also 0.5</extracomment>
        <translation>上限 %1，占宿主机 %3 核的 %2</translation>
    </message>
    <message>
        <source>of %1, that is %2 of the container&apos;s %3 cores</source>
        <translation>上限 %1，占容器 %3 核的 %2</translation>
    </message>
    <message>
        <source>%1 of the host&apos;s memory</source>
        <extracomment>%1 is a percentage</extracomment>
        <translation>占宿主机内存的 %1</translation>
    </message>
    <message>
        <source>%1 of the container&apos;s limit</source>
        <translation>占容器限额的 %1</translation>
    </message>
    <message>
        <source>Almost full (%1): processes may be killed</source>
        <extracomment>Memory; %1 is a percentage. The system ends processes when it runs out</extracomment>
        <translation>快满了（%1）：进程可能被杀</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>without loopback</source>
        <translation>不含本机回环</translation>
    </message>
    <message>
        <source>↓ in</source>
        <extracomment>Two lines of the network chart: bytes coming in and going out</extracomment>
        <translation>↓ 接收</translation>
    </message>
    <message>
        <source>↑ out</source>
        <translation>↑ 发送</translation>
    </message>
</context>
<context>
    <name>ui::monitor::MonitorToolbar</name>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Show live figures again</source>
        <translation>恢复实时显示</translation>
    </message>
    <message>
        <source>Freeze the figures</source>
        <translation>冻结画面</translation>
    </message>
    <message>
        <source>Freeze what is shown; recording goes on</source>
        <translation>冻结画面，后台继续记录</translation>
    </message>
    <message>
        <source>1 m</source>
        <extracomment>Buttons for the time that charts show</extracomment>
        <translation>1 分钟</translation>
    </message>
    <message>
        <source>10 m</source>
        <translation>10 分钟</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>Show the last minute</source>
        <translation>显示最近 1 分钟</translation>
    </message>
    <message>
        <source>Show the last 10 minutes</source>
        <translation>显示最近 10 分钟</translation>
    </message>
    <message>
        <source>Show the last hour</source>
        <translation>显示最近 1 小时</translation>
    </message>
    <message>
        <source>Show the last 24 hours</source>
        <translation>显示最近 24 小时</translation>
    </message>
</context>
<context>
    <name>ui::monitor::MonitorView</name>
    <message>
        <source>Memory is tight: unpacking archives or installing large packages may be killed.</source>
        <translation>内存很紧张：解压文件或安装大的包可能会被杀掉。</translation>
    </message>
    <message>
        <source>There are only %1 of memory: unpacking archives or installing large packages may be killed.</source>
        <translation>内存只有 %1：解压文件或安装大的包可能会被杀掉。</translation>
    </message>
    <message>
        <source>This instance runs without a GPU</source>
        <translation>实例正以无卡模式运行</translation>
    </message>
    <message>
        <source>That is the cheap way to set up and to copy data. GPU charts come back when it is started with a GPU.</source>
        <translation>适合省钱地配环境、传数据。带卡开机后，显卡图表会重新出现。</translation>
    </message>
    <message>
        <source>GPU state unknown</source>
        <extracomment>It is not known whether the instance has a GPU</extracomment>
        <translation>显卡状态未知</translation>
    </message>
    <message>
        <source>Paused at %1; recording goes on</source>
        <translation>已暂停在 %1，后台继续记录</translation>
    </message>
    <message>
        <source>As of %1</source>
        <extracomment>%1 is a time; the figures are from then</extracomment>
        <translation>截至 %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>%1 is &quot;As of 14:03:12&quot;, %2 what goes on since: &quot;reconnecting in 8 s&quot;</extracomment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>waiting for figures</source>
        <translation>等待数据</translation>
    </message>
    <message>
        <source>Live</source>
        <extracomment>The figures are of this moment</extracomment>
        <translation>实时</translation>
    </message>
    <message>
        <source>reconnecting…</source>
        <translation>正在重连…</translation>
    </message>
    <message>
        <source>reconnecting in %1</source>
        <extracomment>%1 is a duration: &quot;8 s&quot;</extracomment>
        <translation>%1后重连</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>connection failed</source>
        <translation>连接失败</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The instance cannot be reached yet</source>
        <translation>暂时连不上实例</translation>
    </message>
    <message>
        <source>Danlu keeps trying. An instance that was just started takes a minute or two.</source>
        <translation>丹炉会一直尝试。刚开机的实例要等一两分钟。</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connect to see what its GPUs, processors and disks are doing.</source>
        <translation>连接后就能看到显卡、CPU 和磁盘的实时情况。</translation>
    </message>
    <message>
        <source>Live figures of the instance</source>
        <translation>实例的实时数据</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Processes of the container</source>
        <translation>容器里的进程</translation>
    </message>
    <message>
        <source>No list yet.</source>
        <translation>还没有列表。</translation>
    </message>
    <message>
        <source>Programs on the GPUs</source>
        <translation>占用显卡的程序</translation>
    </message>
    <message>
        <source>As nvidia-smi tells. In a container the PIDs are the host&apos;s and match none in the list of processes.</source>
        <translation>来自 nvidia-smi。在容器里看到的是宿主机的 PID，和上面的进程列表对不上。</translation>
    </message>
</context>
<context>
    <name>ui::monitor::ProcessModel</name>
    <message>
        <source>yes</source>
        <extracomment>In the column &quot;GPU&quot;: this process uses one</extracomment>
        <translation>是</translation>
    </message>
    <message>
        <source>In percent of one core</source>
        <translation>以单核为 100 %</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>用显卡</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>ui::monitor::SystemSection</name>
    <message>
        <source>up to %1</source>
        <extracomment>%1 is a CUDA version; the toolkit in the image may be older</extracomment>
        <translation>最高 %1</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>主机名</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>操作系统</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>NVIDIA driver</source>
        <translation>NVIDIA 驱动</translation>
    </message>
    <message>
        <source>CUDA (highest the driver can run)</source>
        <extracomment>The highest CUDA that the driver can run</extracomment>
        <translation>CUDA（驱动支持的最高版本）</translation>
    </message>
    <message>
        <source>Running for</source>
        <extracomment>How long the container runs</extracomment>
        <translation>已运行</translation>
    </message>
    <message>
        <source>CPU figures from</source>
        <translation>CPU 数据来源</translation>
    </message>
    <message>
        <source>Memory figures from</source>
        <translation>内存数据来源</translation>
    </message>
</context>
<context>
    <name>ui::monitor::TableSection</name>
    <message>
        <source>Show fewer</source>
        <translation>收起</translation>
    </message>
    <message numerus="yes">
        <source>Show all %n</source>
        <translation>
            <numerusform>显示全部 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::processes::EndDialog</name>
    <message numerus="yes">
        <source>%n processes</source>
        <translation>
            <numerusform>%n 个进程</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>A program&apos;s name and its PID: &quot;python (4242)&quot;</extracomment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>End them all the same</source>
        <translation>仍要结束</translation>
    </message>
    <message>
        <source>End processes</source>
        <translation>结束进程</translation>
    </message>
    <message>
        <source>End %1?</source>
        <extracomment>%1 is &quot;python (4242)&quot; or &quot;3 processes&quot;</extracomment>
        <translation>结束 %1？</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… 还有 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Also what they started (%n processes)</source>
        <translation>
            <numerusform>连同它们启动的（%n 个进程）</numerusform>
        </translation>
    </message>
    <message>
        <source>They are asked to end and get five seconds to save. Killed at once, what is not saved is lost.</source>
        <translation>先请它们结束，给五秒保存。立即强制结束会丢失未保存的内容。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Kill at once</source>
        <translation>立即强制结束</translation>
    </message>
    <message>
        <source>Ask to end</source>
        <translation>请求结束</translation>
    </message>
    <message>
        <source>Process 1 is among them: with it the instance itself ends.</source>
        <translation>其中有 1 号进程：结束它，实例也随之结束。</translation>
    </message>
    <message>
        <source>Danlu&apos;s own connection or its monitor is among them: the figures stop until it has connected again.</source>
        <translation>其中有丹炉自己的连接或监控：重新连接之前没有数据。</translation>
    </message>
    <message>
        <source>An sshd is among them: whoever is signed in through it is thrown out, and without the main one nobody, Danlu neither, can sign in any more.</source>
        <translation>其中有 sshd：经由它登录的人会被断开；结束主 sshd 后，包括丹炉在内谁都无法再登录。</translation>
    </message>
</context>
<context>
    <name>ui::processes::ProcessTableModel</name>
    <message>
        <source>[%1] ended, waits for its parent</source>
        <extracomment>A process that has ended, but whose parent has not looked yet; %1 is its name</extracomment>
        <translation>[%1] 已结束，等待父进程</translation>
    </message>
    <message>
        <source>It holds a GPU, but how much of its memory can&apos;t be told: nvidia-smi shows the host&apos;s PIDs here.</source>
        <translation>它占用 GPU，但显存多少无法判断：这里 nvidia-smi 显示的是宿主机 PID。</translation>
    </message>
    <message>
        <source>In percent of one core</source>
        <translation>以一个核为 100 %</translation>
    </message>
    <message>
        <source>The GPU devices that it has open</source>
        <translation>它打开的 GPU 设备</translation>
    </message>
    <message>
        <source>Since it was started</source>
        <translation>自启动以来</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>ui::processes::ProcessesPage</name>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Filter by command, user or PID</source>
        <translation>按命令、用户或 PID 筛选</translation>
    </message>
    <message>
        <source>Only with a GPU</source>
        <translation>仅占用 GPU 的</translation>
    </message>
    <message>
        <source>List them again</source>
        <translation>重新列出</translation>
    </message>
    <message>
        <source>End…</source>
        <translation>结束…</translation>
    </message>
    <message>
        <source>End the selected processes</source>
        <translation>结束所选进程</translation>
    </message>
    <message>
        <source>The processes could not be listed</source>
        <translation>无法列出进程</translation>
    </message>
    <message>
        <source>Connect to see what runs on the instance.</source>
        <translation>连接后查看实例上运行的进程。</translation>
    </message>
    <message>
        <source>No such process holds a GPU.</source>
        <translation>没有这样的进程占用 GPU。</translation>
    </message>
    <message>
        <source>No process matches the filter.</source>
        <translation>没有符合筛选的进程。</translation>
    </message>
    <message numerus="yes">
        <source>%n processes</source>
        <translation>
            <numerusform>%n 个进程</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n processes</source>
        <translation>
            <numerusform>%1 / %n 个进程</numerusform>
        </translation>
    </message>
    <message>
        <source>As of %1</source>
        <extracomment>%1 is a time; the figures are from then</extracomment>
        <translation>截至 %1</translation>
    </message>
    <message>
        <source>nvidia-smi shows the PIDs of the host here, which are not those of this container. Who holds a GPU is read from the open devices in /proc instead; GPU memory is told only where there is no doubt whose it is.</source>
        <translation>这里 nvidia-smi 显示的是宿主机 PID，与容器内不同。谁占用 GPU 改由 /proc 中打开的设备判断；只有归属明确时才显示显存。</translation>
    </message>
    <message>
        <source>Of other users&apos; processes it can&apos;t be seen whether they hold a GPU.</source>
        <translation>看不到其他用户的进程是否占用 GPU。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Ending %1…</source>
        <extracomment>%1 is &quot;python (4242)&quot; or &quot;3 processes&quot;</extracomment>
        <translation>正在结束 %1…</translation>
    </message>
    <message numerus="yes">
        <source>%n processes still run</source>
        <translation>
            <numerusform>%n 个进程仍在运行</numerusform>
        </translation>
    </message>
    <message>
        <source>They were killed, but wait for a disk or a driver that does not answer. They go when it does, or when the instance is restarted.</source>
        <translation>已强制结束，但它们在等待无响应的磁盘或驱动。恢复响应或重启实例后才会消失。</translation>
    </message>
    <message>
        <source>They were asked to end and have not done so. Killed, they can&apos;t save anything.</source>
        <translation>已请求结束但没有结束。强制结束后无法保存任何内容。</translation>
    </message>
    <message>
        <source>Kill now</source>
        <translation>立即强制结束</translation>
    </message>
    <message numerus="yes">
        <source>%n processes could not be ended</source>
        <translation>
            <numerusform>%n 个进程无法结束</numerusform>
        </translation>
    </message>
    <message>
        <source>They belong to another user.</source>
        <translation>它们属于其他用户。</translation>
    </message>
    <message>
        <source>%1 had ended already</source>
        <translation>%1 已经结束</translation>
    </message>
    <message>
        <source>%1 ended</source>
        <translation>%1 已结束</translation>
    </message>
</context>
<context>
    <name>ui::settings::NotificationsCard</name>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Tell me when copies end and when an instance is lost or back</source>
        <translation>传输结束、实例断开或恢复时通知我</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <extracomment>Followed by two times of day: &quot;Quiet from 23:00 to 08:00&quot;</extracomment>
        <translation>免打扰</translation>
    </message>
    <message>
        <source>to</source>
        <extracomment>Between two times of day</extracomment>
        <translation>至</translation>
    </message>
    <message>
        <source>Show Danlu beside the clock, with the load of connected instances</source>
        <translation>在系统托盘显示丹炉及已连接实例的负载</translation>
    </message>
    <message>
        <source>What comes while it is quiet, or while there is no place beside the clock, is told at the top of the window.</source>
        <translation>免打扰期间或没有系统托盘时，消息显示在窗口顶部。</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>免打扰至</translation>
    </message>
    <message>
        <source>Say when nothing has been going on for</source>
        <extracomment>Followed by a number of minutes</extracomment>
        <translation>空闲多久后提醒：</translation>
    </message>
    <message>
        <source> min</source>
        <extracomment>Behind a number of minutes; with its blank</extracomment>
        <translation> 分钟</translation>
    </message>
</context>
<context>
    <name>ui::settings::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>System language</source>
        <translation>系统语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>What stays where</source>
        <translation>数据存放在哪里</translation>
    </message>
    <message>
        <source>Passwords and passphrases are kept in the system&apos;s keychain, never in a file.</source>
        <translation>密码和口令保存在系统钥匙串中，绝不写入文件。</translation>
    </message>
    <message>
        <source>This system has no keychain service, so passwords are kept until Danlu ends and then asked for again. They are never written to a file.</source>
        <translation>此系统没有钥匙串服务，密码只保留到 Danlu 退出，之后会再次询问。密码绝不写入文件。</translation>
    </message>
    <message>
        <source>Danlu has no account and no telemetry: it talks to your instances and to nobody else.</source>
        <translation>Danlu 没有账号，也不收集任何数据：它只与你的实例通信。</translation>
    </message>
    <message>
        <source>Copying files</source>
        <translation>文件传输</translation>
    </message>
    <message>
        <source>Compare SHA-256 of every file afterwards</source>
        <translation>传输后比对每个文件的 SHA-256</translation>
    </message>
    <message>
        <source>Symbolic links</source>
        <translation>符号链接</translation>
    </message>
    <message>
        <source>Copy as links inside the folder</source>
        <translation>文件夹内的链接按链接复制</translation>
    </message>
    <message>
        <source>Copy what they lead to</source>
        <translation>复制链接指向的内容</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Copies at one time for an instance</source>
        <translation>每个实例同时传输数</translation>
    </message>
    <message>
        <source>A different file has the name already</source>
        <translation>已有同名但内容不同的文件时</translation>
    </message>
    <message>
        <source>Ask each time</source>
        <translation>每次询问</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>保留原文件</translation>
    </message>
    <message>
        <source>Replace it where the new one is newer</source>
        <translation>新文件较新时才覆盖</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>直接覆盖</translation>
    </message>
    <message>
        <source>Speed limit of all copies together</source>
        <translation>所有传输的总限速</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不限</translation>
    </message>
    <message>
        <source> MB/s</source>
        <extracomment>After a number in a field: megabytes a second</extracomment>
        <translation> MB/s</translation>
    </message>
    <message>
        <source>Connections for a copy of large files</source>
        <translation>传输大文件时使用的连接数</translation>
    </message>
    <message>
        <source>Text editor for remote files</source>
        <translation>编辑远程文件用的编辑器</translation>
    </message>
    <message>
        <source>The system&apos;s text editor</source>
        <translation>系统的文本编辑器</translation>
    </message>
    <message>
        <source>Advice answered with “Not again”</source>
        <translation>已选“不再提示”的建议</translation>
    </message>
    <message>
        <source>Give it again</source>
        <translation>恢复提示</translation>
    </message>
    <message>
        <source>Give advice again that was answered with “Not again”</source>
        <translation>恢复已选“不再提示”的建议</translation>
    </message>
</context>
<context>
    <name>ui::settings::SshConfigCard</name>
    <message>
        <source>Instances in other programs</source>
        <translation>其他程序中的实例</translation>
    </message>
    <message>
        <source>List my instances in ~/.ssh/config</source>
        <translation>把我的实例写入 ~/.ssh/config</translation>
    </message>
    <message>
        <source>VS Code (Remote-SSH), scp, rsync and ssh in a terminal then know them by name. Danlu writes a marked block, keeps it up to date and leaves the rest of the file as it is. No password is in it.</source>
        <translation>这样 VS Code（Remote-SSH）、scp、rsync 和终端里的 ssh 就能按名称找到它们。丹炉只写一个带标记的区块并保持更新，文件其余部分原样不动。其中没有密码。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>等 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no instance yet.</source>
        <translation>还没有实例。</translation>
    </message>
    <message>
        <source>Type this in a terminal, or choose the name in VS Code (Remote-SSH: Connect to Host):</source>
        <translation>在终端输入以下命令，或在 VS Code 中选择名称（Remote-SSH: Connect to Host）：</translation>
    </message>
    <message>
        <source>Left out, because the file can&apos;t hold some of their characters: %1</source>
        <translation>以下未写入，因为文件无法保存其中的某些字符：%1</translation>
    </message>
    <message>
        <source>These lines were written into the block by hand. They were kept and stand below it now: %1</source>
        <translation>区块中有手工添加的行，已保留并移到区块下方：%1</translation>
    </message>
    <message>
        <source>Written to %1, where ~/.ssh/config leads.</source>
        <translation>已写入 %1（~/.ssh/config 指向它）。</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>已写入 %1。</translation>
    </message>
    <message>
        <source>The file as it was before: %1</source>
        <translation>写入前的文件：%1</translation>
    </message>
    <message>
        <source>The block was taken out of ~/.ssh/config by hand</source>
        <translation>~/.ssh/config 中的区块被手工删除了</translation>
    </message>
    <message>
        <source>So it was switched off here. Switch it on to have it written again.</source>
        <translation>因此这里已关闭。重新打开即可再次写入。</translation>
    </message>
    <message>
        <source>~/.ssh/config could not be written</source>
        <translation>无法写入 ~/.ssh/config</translation>
    </message>
    <message>
        <source>The file or its folder belongs to another user, or is read-only.</source>
        <translation>文件或所在文件夹属于其他用户，或者是只读的。</translation>
    </message>
    <message>
        <source>Make it writable, then try again. Nothing was changed.</source>
        <translation>请让它可写后重试。没有做任何改动。</translation>
    </message>
    <message>
        <source>It is a link to a file that is not there.</source>
        <translation>它是一个链接，但指向的文件不存在。</translation>
    </message>
    <message>
        <source>Mend or remove the link, then try again. Nothing was changed.</source>
        <translation>请修复或删除该链接后重试。没有做任何改动。</translation>
    </message>
    <message>
        <source>It begins with a byte order mark, which ssh itself does not read.</source>
        <translation>它以字节顺序标记（BOM）开头，ssh 本身也读不了。</translation>
    </message>
    <message>
        <source>Save it as UTF-8 without one, then try again. Nothing was changed.</source>
        <translation>请保存为不带 BOM 的 UTF-8 后重试。没有做任何改动。</translation>
    </message>
    <message>
        <source>This computer reported a problem with the file.</source>
        <translation>系统报告这个文件有问题。</translation>
    </message>
    <message>
        <source>Check that the disk is not full, then try again. Nothing was changed.</source>
        <translation>请检查磁盘是否已满，然后重试。没有做任何改动。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ui::shell::CommandPalette</name>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>想做什么？</translation>
    </message>
</context>
<context>
    <name>ui::shell::ConnectionNotices</name>
    <message>
        <source>Danlu goes on trying to connect.</source>
        <translation>丹炉会继续尝试连接。</translation>
    </message>
    <message>
        <source>%1 is disconnected</source>
        <extracomment>%1 is the instance&apos;s name</extracomment>
        <translation>%1 已断开</translation>
    </message>
    <message>
        <source>%1 is connected again</source>
        <extracomment>%1 is the instance&apos;s name</extracomment>
        <translation>%1 已恢复连接</translation>
    </message>
</context>
<context>
    <name>ui::shell::MainWindow</name>
    <message>
        <source>Danlu</source>
        <extracomment>Window title, and the end of every other window&apos;s title</extracomment>
        <translation>Danlu 丹炉</translation>
    </message>
    <message>
        <source>Paste or add…</source>
        <translation>粘贴或添加…</translation>
    </message>
    <message>
        <source>Paste or add an instance</source>
        <translation>粘贴或添加实例</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>监控</translation>
    </message>
    <message>
        <source>Pages of the instance</source>
        <translation>实例的页面</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Paste a login command</source>
        <translation>粘贴登录指令</translation>
    </message>
    <message>
        <source>Add an instance by hand</source>
        <translation>手动添加实例</translation>
    </message>
    <message>
        <source>Import ~/.ssh/config</source>
        <translation>导入 ~/.ssh/config</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>转到 %1</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>连接 %1</translation>
    </message>
    <message>
        <source>Disconnect %1</source>
        <translation>断开 %1</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Another instance has this name already. Choose another one.</source>
        <translation>已有同名实例，请换一个名字。</translation>
    </message>
    <message numerus="yes">
        <source>%n host key(s) from ~/.ssh/known_hosts are trusted for %1 now.</source>
        <translation>
            <numerusform>已为 %1 信任 ~/.ssh/known_hosts 中的 %n 个主机密钥。</numerusform>
        </translation>
    </message>
    <message>
        <source>~/.ssh/known_hosts has no further key for %1.</source>
        <translation>~/.ssh/known_hosts 中没有 %1 的其他密钥。</translation>
    </message>
    <message>
        <source>There is no ~/.ssh/config on this computer.</source>
        <translation>这台电脑上没有 ~/.ssh/config。</translation>
    </message>
    <message>
        <source>%1: there is an instance with this name</source>
        <translation>%1：已有同名实例</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) imported from ~/.ssh/config.</source>
        <translation>
            <numerusform>已从 ~/.ssh/config 导入 %n 个实例。</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>未导入：%1</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>移除 %1？</translation>
    </message>
    <message>
        <source>Remove %1 from Danlu?</source>
        <translation>从 Danlu 中移除 %1？</translation>
    </message>
    <message>
        <source>Its address, its trusted host keys and its saved password are forgotten. The instance itself and everything on it stay as they are, and it goes on costing money while it runs.</source>
        <translation>它的地址、信任的主机密钥和保存的密码会被清除。实例本身和里面的数据不受影响，开机期间照常计费。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Transfers</source>
        <extracomment>In the side bar: how many</extracomment>
        <translation>传输</translation>
    </message>
    <message>
        <source>Transfers (%1)</source>
        <translation>传输（%1）</translation>
    </message>
    <message numerus="yes">
        <source>%n transfers are done</source>
        <translation>
            <numerusform>%n 个传输已完成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n transfers need a look</source>
        <translation>
            <numerusform>%n 个传输需要处理</numerusform>
        </translation>
    </message>
    <message>
        <source>The list of transfers can&apos;t be kept on this computer&apos;s disk: it ends with Danlu.</source>
        <translation>传输列表无法保存到本机磁盘，丹炉退出后就没有了。</translation>
    </message>
    <message numerus="yes">
        <source>Transfers: %n need a look</source>
        <extracomment>In the side bar: copies that failed, wholly or in part</extracomment>
        <translation>
            <numerusform>传输：%n 个需要处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Uploading %1</source>
        <translation>正在上传 %1</translation>
    </message>
    <message>
        <source>Downloading %1</source>
        <translation>正在下载 %1</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n files are there already and differ</source>
        <translation>
            <numerusform>%1：%n 个文件已存在且内容不同</numerusform>
        </translation>
    </message>
    <message>
        <source>They were left as they are.</source>
        <translation>它们保持原样。</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>全部覆盖</translation>
    </message>
    <message>
        <source>Only where mine is newer</source>
        <translation>仅当我的更新时覆盖</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>保留原有的</translation>
    </message>
    <message>
        <source>%1 was not copied</source>
        <translation>%1 未能传输</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n files were not copied</source>
        <translation>
            <numerusform>%1：%n 个文件未传输</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… 还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Quit Danlu?</source>
        <translation>退出丹炉？</translation>
    </message>
    <message numerus="yes">
        <source>%n copies run or wait</source>
        <translation>
            <numerusform>有 %n 个传输正在进行或等待</numerusform>
        </translation>
    </message>
    <message>
        <source>They go on at the next start, from what has arrived.</source>
        <translation>下次启动时会从已到达的部分继续。</translation>
    </message>
    <message>
        <source>Their list can&apos;t be kept on this computer&apos;s disk: they end.</source>
        <translation>传输列表无法保存到本机磁盘，这些传输会就此结束。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message numerus="yes">
        <source>%n copies of it end.</source>
        <translation>
            <numerusform>它的 %n 个传输会随之结束。</numerusform>
        </translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Export instances…</source>
        <translation>导出实例…</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) copied for sharing</source>
        <translation>
            <numerusform>已复制 %n 个实例的分享信息</numerusform>
        </translation>
    </message>
    <message>
        <source>Name and login command, without password and keys. Paste it into a chat.</source>
        <translation>包含名称和登录命令，不含密码和密钥。可以粘贴到聊天里。</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) exported, without passwords and keys</source>
        <translation>
            <numerusform>已导出 %n 个实例，不含密码和密钥</numerusform>
        </translation>
    </message>
    <message>
        <source>Money</source>
        <translation>花费</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>%1 is done on %2</source>
        <translation>%2 上的 %1 已完成</translation>
    </message>
    <message>
        <source>%1 was lost on %2: nobody saw its end</source>
        <translation>%2 上的 %1 失联：没有看到它结束</translation>
    </message>
    <message>
        <source>%1 failed on %2</source>
        <translation>%2 上的 %1 失败</translation>
    </message>
    <message>
        <source>%1 on %2 left nothing to fetch</source>
        <translation>%2 上的 %1 没有可取回的文件</translation>
    </message>
    <message>
        <source>The files of %1 on %2 could not be looked for</source>
        <translation>无法查找 %2 上 %1 的文件</translation>
    </message>
    <message>
        <source>Today: %1</source>
        <extracomment>%1 is an amount of money</extracomment>
        <translation>今天：%1</translation>
    </message>
    <message>
        <source>Open %1 in an editor</source>
        <translation>在编辑器中打开 %1</translation>
    </message>
    <message>
        <source>Open in Cursor…</source>
        <translation>在 Cursor 中打开…</translation>
    </message>
    <message>
        <source>Open in VS Code…</source>
        <translation>在 VS Code 中打开…</translation>
    </message>
    <message>
        <source>When the instance is connected</source>
        <translation>实例连接后可用</translation>
    </message>
    <message>
        <source>Cards and prices</source>
        <translation>显卡与价格</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>No password of %1 is kept</source>
        <translation>没有保存 %1 的密码</translation>
    </message>
    <message>
        <source>It is in your provider&apos;s console, beside the login command.</source>
        <translation>密码在服务商控制台里，登录指令旁边。</translation>
    </message>
    <message>
        <source>The password of %1 is on the clipboard</source>
        <translation>%1 的密码已复制到剪贴板</translation>
    </message>
    <message>
        <source>For half a minute, unless you copy something else.</source>
        <translation>半分钟后自动清除；复制其他内容后也会消失。</translation>
    </message>
    <message>
        <source>It ended while you were away, %1</source>
        <extracomment>%1 is a time</extracomment>
        <translation>在您离开期间结束于 %1</translation>
    </message>
    <message>
        <source>It ended while you were away</source>
        <translation>在您离开期间已结束</translation>
    </message>
    <message>
        <source>%1 is among your instances now</source>
        <translation>%1 已在你的实例中</translation>
    </message>
    <message>
        <source>Start it in AutoDL&apos;s console, then connect.</source>
        <translation>请先在 AutoDL 控制台开机，再连接。</translation>
    </message>
    <message>
        <source>No further terminal can be opened</source>
        <translation>不能再打开终端</translation>
    </message>
    <message>
        <source>Close one of those that are open.</source>
        <translation>请先关闭一个已打开的终端。</translation>
    </message>
    <message>
        <source>%1 has powered itself off</source>
        <extracomment>%1 is the instance&apos;s name</extracomment>
        <translation>%1 已自行关机</translation>
    </message>
    <message>
        <source>As “%1” asked for. Look at your provider&apos;s console whether it has ended: only then it costs nothing more.</source>
        <extracomment>%1 is a job&apos;s name</extracomment>
        <translation>按“%1”的要求执行。请到服务商控制台确认实例已关机：此后才不再计费。</translation>
    </message>
    <message>
        <source>for members</source>
        <translation>会员价</translation>
    </message>
</context>
<context>
    <name>ui::shell::NewsBanner</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>ui::shell::TrayIcon</name>
    <message>
        <source>GPU %1</source>
        <extracomment>%1 is the load, of several cards one after the other: &quot;97 % 0 %&quot;</extracomment>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>An instance&apos;s name and what it does: &quot;train: GPU 97 %, CPU 381 %&quot;</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>No instance is connected</source>
        <translation>没有已连接的实例</translation>
    </message>
    <message>
        <source>Danlu</source>
        <translation>丹炉</translation>
    </message>
    <message>
        <source>Show Danlu</source>
        <translation>显示丹炉</translation>
    </message>
    <message>
        <source>No notifications for an hour</source>
        <translation>一小时内不通知</translation>
    </message>
    <message>
        <source>Notifications again</source>
        <translation>恢复通知</translation>
    </message>
    <message>
        <source>Quiet hours…</source>
        <translation>免打扰时段…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>ui::terminal::FindBar</name>
    <message>
        <source>Not found</source>
        <extracomment>Which of the places found is shown, and how many there are</extracomment>
        <translation>未找到</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Find in this terminal</source>
        <translation>在此终端中查找</translation>
    </message>
    <message>
        <source>Places found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Tell capitals from small letters</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Further up</source>
        <translation>向上查找</translation>
    </message>
    <message>
        <source>Further down</source>
        <translation>向下查找</translation>
    </message>
    <message>
        <source>End the search</source>
        <translation>结束查找</translation>
    </message>
</context>
<context>
    <name>ui::terminal::TerminalPage</name>
    <message>
        <source>No terminal is open</source>
        <translation>没有打开的终端</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>A terminal opens when the instance is connected.</source>
        <translation>实例连接后打开终端。</translation>
    </message>
    <message>
        <source>New terminal</source>
        <translation>新建终端</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>New terminal that is kept</source>
        <translation>新建保留的终端</translation>
    </message>
    <message>
        <source>One that is kept on the instance runs in screen or tmux: what you start in it goes on when the connection is lost or Danlu is closed.</source>
        <translation>保留在实例上的终端在 screen 或 tmux 中运行：在其中启动的程序在连接断开或关闭丹炉后仍会继续。</translation>
    </message>
</context>
<context>
    <name>ui::terminal::TerminalTab</name>
    <message>
        <source>Waiting for the connection…</source>
        <translation>等待连接…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Opening the terminal…</source>
        <translation>正在打开终端…</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>New shell</source>
        <translation>新建 shell</translation>
    </message>
    <message>
        <source>The shell was ended by the signal %1</source>
        <translation>shell 被信号 %1 结束</translation>
    </message>
    <message>
        <source>The shell has ended with exit code %1</source>
        <translation>shell 已结束，退出码 %1</translation>
    </message>
    <message>
        <source>Detached, or ended</source>
        <translation>已分离或已结束</translation>
    </message>
    <message>
        <source>The shell has ended</source>
        <translation>shell 已结束</translation>
    </message>
    <message>
        <source>If “%1” still runs, it is attached to again.</source>
        <translation>如果“%1”仍在运行，会重新接入。</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>连接已断开</translation>
    </message>
    <message>
        <source>What runs here goes on, and is attached to again with the connection.</source>
        <translation>这里运行的程序会继续，恢复连接后重新接入。</translation>
    </message>
    <message>
        <source>Disconnected, and this shell has ended with it</source>
        <translation>已断开，此 shell 也随之结束</translation>
    </message>
    <message>
        <source>The connection was lost, and this shell with it</source>
        <translation>连接断开，此 shell 也随之结束</translation>
    </message>
    <message>
        <source>A terminal that is kept on the instance would have gone on.</source>
        <translation>保留在实例上的终端会继续运行。</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>重新连接</translation>
    </message>
    <message numerus="yes">
        <source>Paste %n lines? Each may run as soon as it arrives.</source>
        <translation>
            <numerusform>粘贴 %n 行？每一行到达后可能立即执行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Paste as one line</source>
        <translation>粘贴为一行</translation>
    </message>
    <message>
        <source>Don&apos;t paste</source>
        <translation>不粘贴</translation>
    </message>
    <message>
        <source>Neither screen nor tmux is installed on this instance</source>
        <translation>此实例上既没有安装 screen 也没有安装 tmux</translation>
    </message>
    <message>
        <source>A terminal that is kept needs one of them: “apt-get install screen”.</source>
        <translation>保留的终端需要其中之一：运行“apt-get install screen”安装。</translation>
    </message>
</context>
<context>
    <name>ui::terminal::TerminalTabs</name>
    <message>
        <source>Shell %1</source>
        <translation>Shell %1</translation>
    </message>
    <message>
        <source>Kept on the instance as “%1”: goes on when this is closed</source>
        <translation>以“%1”保留在实例上：关闭后继续运行</translation>
    </message>
    <message>
        <source>Terminal: %1</source>
        <translation>终端：%1</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭 %1</translation>
    </message>
    <message>
        <source>New terminal</source>
        <translation>新建终端</translation>
    </message>
    <message numerus="yes">
        <source>%n terminals share one connection, no more</source>
        <translation>
            <numerusform>一个连接最多 %n 个终端</numerusform>
        </translation>
    </message>
    <message>
        <source>Terminals</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>New terminal that is kept on the instance</source>
        <translation>新建保留在实例上的终端</translation>
    </message>
    <message>
        <source>Find in this terminal</source>
        <translation>在此终端中查找</translation>
    </message>
    <message>
        <source>Runs in screen or tmux: goes on when the connection is lost</source>
        <translation>在 screen 或 tmux 中运行：连接断开后仍继续</translation>
    </message>
</context>
<context>
    <name>ui::terminal::TerminalView</name>
    <message>
        <source>%1
Ctrl+click opens it</source>
        <translation>%1
Ctrl+单击打开</translation>
    </message>
    <message>
        <source>Open the link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Forget what has scrolled by</source>
        <translation>清除滚动历史</translation>
    </message>
</context>
<context>
    <name>ui::transfers::TransferDetails</name>
    <message>
        <source>Files that were not simply copied</source>
        <translation>需要留意的文件</translation>
    </message>
    <message>
        <source>Files to be replaced</source>
        <translation>要覆盖的文件</translation>
    </message>
    <message>
        <source>Copies over the connection of the monitor</source>
        <translation>正在借用监控的连接传输</translation>
    </message>
    <message>
        <source>The server lets no further connection in without a question, such as a one-time code. One copy at a time shares the connection that is there.</source>
        <translation>服务器对每个新连接都要提问（例如一次性验证码），所以借用现有的连接，一次只传输一个。</translation>
    </message>
    <message>
        <source>Its instance was removed</source>
        <translation>实例已被移除</translation>
    </message>
    <message>
        <source>It can&apos;t go on. What has arrived there or here is kept.</source>
        <translation>无法继续。已到达的部分会保留。</translation>
    </message>
    <message>
        <source>Waits for the connection</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>It begins by itself when %1 is connected, from what has arrived already.</source>
        <extracomment>%1 is an instance</extracomment>
        <translation>%1 连接后会自动从已到达的部分继续。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The line was lost</source>
        <translation>网络断开了</translation>
    </message>
    <message>
        <source>It is tried again by itself until it works, with growing pauses; what has arrived is kept.</source>
        <translation>丹炉会自动重试直到恢复，间隔逐渐加长；已到达的部分会保留。</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message numerus="yes">
        <source>%n files were not copied</source>
        <translation>
            <numerusform>%n 个文件未传输</numerusform>
        </translation>
    </message>
    <message>
        <source>The others are complete. Trying again copies only what is missing.</source>
        <translation>其余的已完整传输。重试只传输缺少的部分。</translation>
    </message>
    <message numerus="yes">
        <source>%n files are there already and differ</source>
        <translation>
            <numerusform>%n 个文件已存在且内容不同</numerusform>
        </translation>
    </message>
    <message>
        <source>They were left as they are.</source>
        <translation>它们保持原样。</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>全部覆盖</translation>
    </message>
    <message>
        <source>Only where mine is newer</source>
        <translation>仅当我的更新时覆盖</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>保留原有的</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>What has arrived is kept, so that it can be gone on with.</source>
        <translation>已到达的部分会保留，可以接着传输。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… 还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Which ones shall be replaced?</source>
        <translation>要覆盖哪些文件？</translation>
    </message>
    <message>
        <source>The others stay as they are.</source>
        <translation>其余的保持原样。</translation>
    </message>
    <message>
        <source>Replace the chosen</source>
        <translation>覆盖选中的</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Remove unfinished files</source>
        <translation>删除未完成的文件</translation>
    </message>
    <message>
        <source>The instance is not connected</source>
        <translation>实例未连接</translation>
    </message>
    <message>
        <source>Its unfinished files can be removed when it is.</source>
        <translation>连接后才能删除上面未完成的文件。</translation>
    </message>
    <message>
        <source>Removing unfinished files…</source>
        <translation>正在删除未完成的文件…</translation>
    </message>
    <message>
        <source>Unfinished files were removed</source>
        <translation>未完成的文件已删除</translation>
    </message>
    <message>
        <source>Copy again</source>
        <translation>重新传输</translation>
    </message>
    <message>
        <source>What has arrived is kept, so that it can be gone on with. It can be removed when the other copies of this instance have ended.</source>
        <translation>已传输的部分会保留，可以继续。等这台实例的其他传输结束后即可删除。</translation>
    </message>
    <message>
        <source>Trying again copies only what is missing.</source>
        <translation>重试只传输缺少的部分。</translation>
    </message>
</context>
<context>
    <name>ui::transfers::TransfersPage</name>
    <message>
        <source>Transfers</source>
        <translation>传输</translation>
    </message>
    <message>
        <source>Nothing is being copied</source>
        <translation>没有传输</translation>
    </message>
    <message>
        <source>Drop files or folders on an instance&apos;s Files tab, or download from there. Copies go on by themselves after a lost connection or a restart.</source>
        <translation>把文件或文件夹拖到实例的“文件”页，或从那里下载。断线或重启后会自动继续。</translation>
    </message>
    <message>
        <source>No speed limit</source>
        <translation>不限速</translation>
    </message>
    <message>
        <source>At most %1</source>
        <translation>最高 %1</translation>
    </message>
    <message>
        <source>Speed limit</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Clear what has ended</source>
        <translation>清除已结束的</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>全部暂停</translation>
    </message>
    <message>
        <source>Go on with all</source>
        <translation>全部继续</translation>
    </message>
    <message>
        <source>Speed over the last minute</source>
        <translation>最近一分钟的速度</translation>
    </message>
    <message>
        <source>To the instances</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>To this computer</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Copies of which instance</source>
        <translation>显示哪个实例的传输</translation>
    </message>
    <message>
        <source>To the top</source>
        <translation>移到最前</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>The list can&apos;t be kept on this computer&apos;s disk: it ends with Danlu.</source>
        <translation>传输列表无法保存到本机磁盘，丹炉退出后就没有了。</translation>
    </message>
    <message>
        <source>All instances</source>
        <translation>所有实例</translation>
    </message>
</context>
<context>
    <name>ui::transfers::Words</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 等（另有 %n 项）</numerusform>
        </translation>
    </message>
    <message>
        <source>to %1: %2</source>
        <extracomment>Instance and path: where a copy goes to</extracomment>
        <translation>到 %1：%2</translation>
    </message>
    <message>
        <source>Waits for the connection</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Waits its turn</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Line lost, going on</source>
        <translation>连接中断，正在继续</translation>
    </message>
    <message>
        <source>Looking what there is</source>
        <translation>正在查看内容</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>传输中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Done, SHA-256 agrees</source>
        <translation>完成，SHA-256 一致</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message numerus="yes">
        <source>%n files failed</source>
        <translation>
            <numerusform>%n 个文件失败</numerusform>
        </translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>tar stream with zstd</source>
        <translation>tar 流（zstd）</translation>
    </message>
    <message>
        <source>tar stream</source>
        <translation>tar 流</translation>
    </message>
    <message>
        <source>SFTP</source>
        <translation>SFTP</translation>
    </message>
    <message>
        <source>SCP</source>
        <translation>SCP</translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>跳过 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n files</source>
        <translation>
            <numerusform>%1 / %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>from %1: %2 to %3</source>
        <extracomment>Instance, path there and folder here: where a copy comes from and goes to</extracomment>
        <translation>从 %1：%2 到 %3</translation>
    </message>
    <message>
        <source>Its instance was removed</source>
        <translation>实例已被移除</translation>
    </message>
    <message>
        <source>Line lost, tries again in %1</source>
        <translation>网络断开，%1后重试</translation>
    </message>
    <message>
        <source>Comparing what has arrived</source>
        <translation>正在核对已到达的部分</translation>
    </message>
    <message>
        <source>%1: a different file has this name</source>
        <translation>%1：已有同名但内容不同的文件</translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <extracomment>Path, what went wrong, the system&apos;s own words</extracomment>
        <translation>%1：%2（%3）</translation>
    </message>
    <message>
        <source>%1: written as %2</source>
        <translation>%1：已存为 %2</translation>
    </message>
    <message>
        <source>%1: left out, %2</source>
        <translation>%1：已跳过，%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>Path and a remark</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>tar stream with gzip</source>
        <translation>gzip 压缩的 tar 流</translation>
    </message>
    <message>
        <source>a different file has this name</source>
        <translation>同名文件已存在且内容不同</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>What went wrong, the system&apos;s own words</extracomment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>left out, %1</source>
        <translation>已跳过，%1</translation>
    </message>
    <message numerus="yes">
        <source>%n files: %1</source>
        <extracomment>What went wrong with all of the files that follow</extracomment>
        <translation>
            <numerusform>%n 个文件：%1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::vscode::CheckList</name>
    <message>
        <source>Only %1 are free for VS Code&apos;s server in %2; with its extensions it takes about %3. Free some space first, or move ~/.vscode-server to the data disk and leave a link.</source>
        <translation>%2 只剩 %1 给 VS Code 服务端；连同扩展约需 %3。请先腾出空间，或把 ~/.vscode-server 移到数据盘并留下链接。</translation>
    </message>
    <message>
        <source>Only %1 more files fit on the disk of VS Code&apos;s server, which has tens of thousands.</source>
        <translation>VS Code 服务端所在磁盘只能再放 %1 个文件，而它有数万个。</translation>
    </message>
    <message>
        <source>VS Code&apos;s server needs glibc 2.28 or newer; this image has %1. Choose a newer image, as Ubuntu 20.04.</source>
        <translation>VS Code 服务端需要 glibc 2.28 或更新；此镜像是 %1。请选更新的镜像，如 Ubuntu 20.04。</translation>
    </message>
    <message>
        <source>This system has another processor or another C library than VS Code&apos;s server is built for.</source>
        <translation>此系统的处理器或 C 库不受 VS Code 服务端支持。</translation>
    </message>
    <message>
        <source>The instance does not reach VS Code&apos;s download. VS Code then copies its server from this computer, which takes a while; extensions may need a proxy.</source>
        <translation>实例访问不到 VS Code 的下载站。VS Code 会从本机复制服务端，需要一些时间；扩展可能需要代理。</translation>
    </message>
    <message>
        <source>A proxy is set on the instance, but VS Code&apos;s download is not reached through it.</source>
        <translation>实例上设置了代理，但通过它访问不到 VS Code 的下载站。</translation>
    </message>
    <message>
        <source>%1 are free for VS Code&apos;s server</source>
        <translation>有 %1 可供 VS Code 服务端使用</translation>
    </message>
    <message>
        <source>The instance reaches VS Code&apos;s download</source>
        <translation>实例能访问 VS Code 的下载站</translation>
    </message>
    <message>
        <source>A proxy is set: %1 = %2</source>
        <translation>已设置代理：%1 = %2</translation>
    </message>
    <message>
        <source>Academic acceleration (source /etc/network_turbo) is for GitHub and Hugging Face: it does not help here.</source>
        <translation>学术加速（source /etc/network_turbo）用于 GitHub 和 Hugging Face：对此没有帮助。</translation>
    </message>
    <message>
        <source>Looking at the instance…</source>
        <translation>正在检查实例…</translation>
    </message>
    <message>
        <source>The instance could not be looked at: %1</source>
        <translation>无法检查实例：%1</translation>
    </message>
</context>
<context>
    <name>ui::vscode::VsCodeDialog</name>
    <message>
        <source>Open %1 in an editor</source>
        <extracomment>%1 is the instance&apos;s name</extracomment>
        <translation>在编辑器中打开 %1</translation>
    </message>
    <message>
        <source>This instance is signed in with a password: the editor will ask for it. With a key it does not.</source>
        <translation>此实例用密码登录：编辑器会询问密码。用密钥则不会。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Editor</source>
        <extracomment>The program that the folder is opened in</extracomment>
        <translation>编辑器</translation>
    </message>
    <message>
        <source>Debug with</source>
        <extracomment>The Python that programs are debugged with</extracomment>
        <translation>调试使用</translation>
    </message>
    <message>
        <source>Recommend the usual extensions: Jupyter, Python, Black Formatter, Git Graph, GitLens</source>
        <translation>推荐常用扩展：Jupyter、Python、Black Formatter、Git Graph、GitLens</translation>
    </message>
    <message>
        <source>The editor finds the instance by its name in ~/.ssh/config. Danlu writes this as a marked block, keeps it up to date and leaves the rest of the file as it is; no password is in it. It can be taken out again in the settings.</source>
        <translation>编辑器通过 ~/.ssh/config 中的名称找到实例。丹炉写入一个带标记的区块并保持更新，文件其余部分原样不动；其中没有密码。可在设置中移除。</translation>
    </message>
    <message>
        <source>Leave launch.json as it is</source>
        <translation>不改动 launch.json</translation>
    </message>
    <message>
        <source>%1  (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Open in %1</source>
        <extracomment>%1 is &quot;VS Code&quot; or &quot;Cursor&quot;</extracomment>
        <translation>在 %1 中打开</translation>
    </message>
    <message>
        <source>Write it and open in %1</source>
        <translation>写入并在 %1 中打开</translation>
    </message>
    <message>
        <source>~/.ssh/config can&apos;t hold this instance</source>
        <translation>~/.ssh/config 无法写入此实例</translation>
    </message>
    <message>
        <source>Its address, user or key file has characters that ssh&apos;s file has no way to write.</source>
        <translation>它的地址、用户或密钥文件含有 ssh 配置无法表示的字符。</translation>
    </message>
    <message>
        <source>Writing ~/.ssh/config…</source>
        <translation>正在写入 ~/.ssh/config…</translation>
    </message>
    <message>
        <source>~/.ssh/config could not be written</source>
        <translation>无法写入 ~/.ssh/config</translation>
    </message>
    <message>
        <source>The files in .vscode could not be written</source>
        <translation>无法写入 .vscode 中的文件</translation>
    </message>
    <message>
        <source>Writing the files in .vscode…</source>
        <translation>正在写入 .vscode 中的文件…</translation>
    </message>
    <message>
        <source>Open without them</source>
        <translation>不写入直接打开</translation>
    </message>
    <message>
        <source>Nothing here opens links of %1</source>
        <extracomment>%1 is &quot;VS Code&quot; or &quot;Cursor&quot;</extracomment>
        <translation>本机没有程序能打开 %1 的链接</translation>
    </message>
    <message>
        <source>Install it with its extension Remote - SSH, or type the command below in a terminal.</source>
        <translation>请安装它及 Remote - SSH 扩展，或在终端输入下面的命令。</translation>
    </message>
    <message>
        <source>A file in .vscode is not written as VS Code expects it.</source>
        <translation>.vscode 中有文件不符合 VS Code 的格式。</translation>
    </message>
    <message>
        <source>It was left as it is. Mend it in the editor, or remove it.</source>
        <translation>已原样保留。请在编辑器中修正或删除它。</translation>
    </message>
    <message>
        <source>Looking for the environments…</source>
        <translation>正在查找环境…</translation>
    </message>
</context>
</TS>
