0000000000041060 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain_run w
   41060:	mov    %rsi,%r8
   41063:	mov    %rdx,%rsi
   41066:	lea    0x2f1d3(%rip),%rax        # 70240 <wxmp::detail::text_engine::constants<32ul>::know
   4106d:	mov    %rdi,%rdx
   41070:	sub    %r8,%rdx
   41073:	cmp    $0x2,%rdx
   41077:	jle    41130 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   4107d:	mov    %rsi,%rdx
   41080:	sub    %rdi,%rdx
   41083:	cmp    $0x3f,%rdx
   41087:	jle    41130 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   4108d:	vmovdqa 0x20(%rax),%ymm6
   41092:	vmovdqa (%rax),%ymm5
   41096:	xor    %edx,%edx
   41098:	vmovdqa 0x40(%rax),%ymm4
   4109d:	vmovdqu (%rdi),%ymm1
   410a1:	vmovdqu 0x20(%rdi),%ymm0
   410a6:	vmovdqu -0x3(%rdi),%ymm9
   410ab:	vpcmpeqb %ymm1,%ymm6,%ymm8
   410af:	vpcmpeqb %ymm1,%ymm5,%ymm2
   410b3:	vpminub %ymm1,%ymm4,%ymm3
   410b7:	vpcmpeqb %ymm3,%ymm1,%ymm3
   410bb:	vpminub %ymm0,%ymm4,%ymm7
   410bf:	vpcmpeqb %ymm7,%ymm0,%ymm7
   410c3:	vpor   %ymm8,%ymm2,%ymm2
   410c8:	vpcmpeqb %ymm6,%ymm0,%ymm8
   410cc:	vpor   %ymm3,%ymm2,%ymm2
   410d0:	vpcmpeqb %ymm5,%ymm0,%ymm3
   410d4:	vpmovmskb %ymm2,%r9d
   410d8:	vpor   %ymm0,%ymm1,%ymm2
   410dc:	vpor   %ymm9,%ymm2,%ymm2
   410e1:	vpor   %ymm8,%ymm3,%ymm3
   410e6:	vpor   %ymm7,%ymm3,%ymm3
   410ea:	vpmovmskb %ymm3,%ecx
   410ee:	shl    $0x20,%rcx
   410f2:	or     %r9,%rcx
   410f5:	vpmovmskb %ymm2,%r9d
   410f9:	test   %r9d,%r9d
   410fc:	jne    41150 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   410fe:	test   %rcx,%rcx
   41101:	jne    41260 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   41107:	add    $0x40,%rdi
   4110b:	mov    %rdi,%rcx
   4110e:	sub    %r8,%rcx
   41111:	cmp    $0x2,%rcx
   41115:	jle    41127 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   41117:	mov    %rsi,%rcx
   4111a:	sub    %rdi,%rcx
   4111d:	cmp    $0x3f,%rcx
   41121:	jg     4109d <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   41127:	vzeroupper
   4112a:	jmp    41132 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   4112c:	nopl   0x0(%rax)
   41130:	xor    %edx,%edx
   41132:	push   %rbp
   41133:	mov    %rdx,%rcx
   41136:	mov    %rsi,%rdx
   41139:	mov    %r8,%rsi
   4113c:	mov    %rsp,%rbp
   4113f:	and    $0xffffffffffffffe0,%rsp
   41143:	call   40f80 <wxmp::detail::text_engine::plain_run wxmp::detail::text_engine::read_plain_a
   41148:	leave
   41149:	ret
   4114a:	nopw   0x0(%rax,%rax,1)
   41150:	vmovdqa 0x60(%rax),%ymm11
   41155:	vmovdqu 0x1f(%rdi),%ymm3
   4115a:	vpsrlw $0x4,%ymm0,%ymm0
   4115f:	vpsrlw $0x4,%ymm1,%ymm1
   41164:	vpand  0x1f(%rdi),%ymm11,%ymm7
   41169:	vmovdqa 0x100(%rax),%ymm2
   41171:	vpand  %ymm0,%ymm11,%ymm0
   41175:	vmovdqa 0x100(%rax),%ymm14
   4117d:	vpand  %ymm1,%ymm11,%ymm1
   41181:	vmovdqa 0x120(%rax),%ymm13
   41189:	vpshufb %ymm7,%ymm2,%ymm7
   4118e:	vpsrlw $0x4,%ymm3,%ymm2
   41193:	vmovdqa 0xe0(%rax),%ymm3
   4119b:	vmovdqa 0xe0(%rax),%ymm15
   411a3:	vpand  %ymm2,%ymm11,%ymm2
   411a7:	vpshufb %ymm1,%ymm13,%ymm13
   411ac:	vpsubusb 0xc0(%rax),%ymm9,%ymm9
   411b4:	vmovdqu -0x2(%rdi),%ymm1
   411b9:	vpshufb %ymm2,%ymm3,%ymm2
   411be:	vmovdqa 0x120(%rax),%ymm3
   411c6:	vpand  %ymm7,%ymm2,%ymm2
   411ca:	vpshufb %ymm0,%ymm3,%ymm0
   411cf:	vmovdqu 0x1e(%rdi),%ymm3
   411d4:	vpsubusb 0xa0(%rax),%ymm3,%ymm8
   411dc:	vmovdqu 0x1d(%rdi),%ymm3
   411e1:	vpsubusb 0xc0(%rax),%ymm3,%ymm10
   411e9:	vpand  %ymm0,%ymm2,%ymm2
   411ed:	vpand  -0x1(%rdi),%ymm11,%ymm3
   411f2:	vpor   %ymm10,%ymm8,%ymm8
   411f7:	vpand  0x80(%rax),%ymm8,%ymm8
   411ff:	vpshufb %ymm3,%ymm14,%ymm12
   41204:	vmovdqu -0x1(%rdi),%ymm3
   41209:	vpcmpeqb %ymm8,%ymm2,%ymm2
   4120e:	vpsrlw $0x4,%ymm3,%ymm3
   41213:	vpand  %ymm3,%ymm11,%ymm3
   41217:	vpsubusb 0xa0(%rax),%ymm1,%ymm11
   4121f:	vpshufb %ymm3,%ymm15,%ymm3
   41224:	vpmovmskb %ymm2,%r9d
   41228:	vpand  %ymm12,%ymm3,%ymm1
   4122d:	vpor   %ymm9,%ymm11,%ymm3
   41232:	vpand  0x80(%rax),%ymm3,%ymm3
   4123a:	shl    $0x20,%r9
   4123e:	vpand  %ymm13,%ymm1,%ymm1
   41243:	vpcmpeqb %ymm3,%ymm1,%ymm1
   41247:	vpmovmskb %ymm1,%r10d
   4124b:	or     %r10,%r9
   4124e:	blsmsk %rcx,%r10
   41253:	andn   %r10,%r9,%r9
   41258:	or     %r9,%rdx
   4125b:	jmp    410fe <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   41260:	tzcnt  %rcx,%rcx
   41265:	lea    (%rdi,%rcx,1),%rax
   41269:	vzeroupper
   4126c:	ret
   4126d:	nopl   (%rax)

