import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import screening.models.accounts
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ReferenceCounter',
            fields=[
                ('year', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Screening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of', models.DateField()),
                ('known_at', models.DateField()),
                ('facts_digest', models.CharField(max_length=32)),
                ('rulebook_digest', models.CharField(max_length=64)),
                ('verdict', models.CharField(choices=[('PROHIBITED', 'Prohibited'), ('REFUSE', 'Refuse'), ('HIGH', 'High risk'), ('ELEVATED', 'Elevated risk'), ('LOW', 'Low risk')], max_length=10)),
                ('is_complete', models.BooleanField()),
                ('lowest', models.CharField(choices=[('PROHIBITED', 'Prohibited'), ('REFUSE', 'Refuse'), ('HIGH', 'High risk'), ('ELEVATED', 'Elevated risk'), ('LOW', 'Low risk')], max_length=10)),
                ('highest', models.CharField(choices=[('PROHIBITED', 'Prohibited'), ('REFUSE', 'Refuse'), ('HIGH', 'High risk'), ('ELEVATED', 'Elevated risk'), ('LOW', 'Low risk')], max_length=10)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('role', models.CharField(blank=True, choices=[('ANALYST', 'Analyst'), ('REVIEWER', 'Reviewer'), ('STEWARD', 'Data steward'), ('PARTNER', 'Partner'), ('ADMINISTRATOR', 'Administrator')], default='', max_length=20)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='screening.organisation')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'ordering': ('username',),
                'abstract': False,
            },
            managers=[
                ('objects', screening.models.accounts.Accounts()),
            ],
        ),
        migrations.CreateModel(
            name='ScreeningDetail',
            fields=[
                ('screening', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='detail', serialize=False, to='screening.screening')),
                ('explanation', models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name='screening',
            name='created_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(max_length=40)),
                ('decision', models.CharField(choices=[('CONFIRMED', 'Confirmed'), ('NOT_CONFIRMED', 'Not confirmed')], max_length=20)),
                ('reasons', models.TextField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('screening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='screening.screening')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='ScreeningRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('EVERYTHING', 'Everything, on request'), ('FACTS_CHANGED', 'Everything, because facts changed')], max_length=20)),
                ('state', models.CharField(choices=[('QUEUED', 'Queued'), ('RUNNING', 'Running'), ('DONE', 'Done'), ('FAILED', 'Ended with failures'), ('CANCELLED', 'Cancelled')], default='QUEUED', max_length=10)),
                ('as_of', models.DateField(blank=True, null=True)),
                ('known_at', models.DateField()),
                ('facts_digest', models.CharField(max_length=32)),
                ('rulebook_digest', models.CharField(max_length=64)),
                ('n_transfers', models.PositiveIntegerField(default=0)),
                ('n_done', models.PositiveIntegerField(default=0)),
                ('n_failed', models.PositiveIntegerField(default=0)),
                ('n_changed', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('report', models.JSONField(blank=True, default=dict)),
                ('requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.AddField(
            model_name='screening',
            name='run',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='screenings', to='screening.screeningrun'),
        ),
        migrations.CreateModel(
            name='RunChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lo', models.BigIntegerField()),
                ('hi', models.BigIntegerField()),
                ('n_transfers', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('QUEUED', 'Queued'), ('RUNNING', 'Running'), ('DONE', 'Done'), ('FAILED', 'Failed'), ('CANCELLED', 'Cancelled')], default='QUEUED', max_length=10)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True, default='')),
                ('result', models.JSONField(blank=True, default=dict)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='screening.screeningrun')),
            ],
            options={
                'ordering': ('run', 'lo'),
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('is_made_up', models.BooleanField(default=False)),
                ('is_public', models.BooleanField(default=False)),
                ('exporter', models.CharField(max_length=3)),
                ('recipient', models.CharField(max_length=3)),
                ('end_user_state', models.CharField(max_length=3)),
                ('force', models.CharField(blank=True, default='', max_length=100)),
                ('end_user', models.CharField(blank=True, default='', max_length=200)),
                ('end_user_kind', models.CharField(choices=[('ARMED_FORCES', 'Armed forces'), ('ARMY', 'Army'), ('AIR_FORCE', 'Air force'), ('NAVY', 'Navy'), ('NATIONAL_GUARD', 'National guard'), ('PRESIDENTIAL_GUARD', 'Presidential guard'), ('INTERNAL_SECURITY', 'Internal security force or gendarmerie'), ('POLICE', 'Police'), ('PRISON', 'Prison service'), ('INTELLIGENCE', 'Intelligence service'), ('BORDER_GUARD', 'Border guard'), ('COAST_GUARD', 'Coast guard'), ('PEACE_OPERATION', 'Peace operation'), ('NSAG', 'Non-state armed group'), ('PMSC', 'Private military or security company'), ('COMMERCIAL_DEALER', 'Dealer'), ('MANUFACTURER_INTEGRATOR', 'Manufacturer or integrator'), ('CIVILIAN', 'Civilian body'), ('PRIVATE_INDIVIDUAL', 'Private person'), ('UNKNOWN', 'Not known')], default='UNKNOWN', max_length=30)),
                ('end_use', models.CharField(choices=[('TERRITORIAL_DEFENCE', 'Territorial defence'), ('ARMED_CONFLICT', 'Armed conflict'), ('INTERNAL_ARMED_CONFLICT', 'Internal armed conflict'), ('EXTERNAL_OPERATION', 'Military operation abroad'), ('INTERNAL_SECURITY', 'Internal security'), ('CROWD_CONTROL', 'Crowd control'), ('CUSTODY', 'Custody'), ('COUNTER_CRIME', 'Fight against crime'), ('COUNTER_TERRORISM', 'Fight against terrorism'), ('BORDER_SECURITY', 'Border security'), ('MARITIME_SECURITY', 'Maritime security'), ('PEACE_OPERATIONS', 'Peace operations'), ('VIP_PROTECTION', 'Protection of persons'), ('TRAINING', 'Training'), ('INTEGRATION_REEXPORT', 'Integration and re-export'), ('PRODUCTION', 'Production'), ('HUMANITARIAN_RELIEF', 'Humanitarian relief'), ('DEMINING', 'Demining'), ('CIVIL_EMERGENCY', 'Civil emergency'), ('MEDICAL', 'Medical'), ('EXECUTION', 'Execution'), ('PROMOTION', 'Display or promotion'), ('CIVIL_SPORTING', 'Sport and hunting'), ('RESEARCH', 'Research'), ('OTHER', 'Other'), ('UNKNOWN', 'Not known')], default='UNKNOWN', max_length=30)),
                ('end_use_place', models.CharField(blank=True, default='', max_length=3)),
                ('origin', models.CharField(blank=True, default='', max_length=3)),
                ('brokers', models.CharField(blank=True, default='', max_length=200)),
                ('transit', models.CharField(blank=True, default='', max_length=200)),
                ('activity', models.CharField(choices=[('EXPORT', 'Export'), ('IMPORT', 'Import'), ('SALE', 'Sale'), ('GIFT', 'Gift'), ('LOAN', 'Loan'), ('LEASE', 'Lease'), ('LICENSED_PRODUCTION', 'Licensed production'), ('TECHNOLOGY', 'Transfer of technology'), ('SERVICE', 'Service or training'), ('TRANSIT', 'Transit or trans-shipment'), ('BROKERING', 'Brokering'), ('PROMOTION', 'Promotion'), ('REPAIR', 'Repair and return')], default='EXPORT', max_length=30)),
                ('approvals', models.TextField(blank=True, default='')),
                ('proposed_on', models.DateField()),
                ('note', models.TextField(blank=True, default='')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='screening.organisation')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.AddField(
            model_name='screening',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='screenings', to='screening.transfer'),
        ),
        migrations.CreateModel(
            name='TransferItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveSmallIntegerField()),
                ('item', models.CharField(max_length=40)),
                ('parent_item', models.CharField(blank=True, default='', max_length=40)),
                ('description', models.CharField(blank=True, default='', max_length=300)),
                ('quantity', models.PositiveBigIntegerField(default=0)),
                ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='screening.transfer')),
            ],
            options={
                'ordering': ('transfer', 'line'),
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['', 'ADMINISTRATOR']), ('organisation__isnull', False), _connector='OR'), name='user_with_a_role_has_an_organisation'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='confirmation_has_reasons'),
        ),
        migrations.AddIndex(
            model_name='runchunk',
            index=models.Index(fields=['run', 'state', 'id'], name='chunk_to_take'),
        ),
        migrations.AddConstraint(
            model_name='runchunk',
            constraint=models.UniqueConstraint(fields=('run', 'lo'), name='chunk_of_a_run_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='runchunk',
            constraint=models.CheckConstraint(condition=models.Q(('hi__gte', models.F('lo'))), name='chunk_ends_after_it_starts'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['organisation', '-id'], name='transfer_by_organisation'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['recipient'], name='transfer_by_recipient'),
        ),
        migrations.AddIndex(
            model_name='screening',
            index=models.Index(fields=['transfer', '-id'], name='screening_by_transfer'),
        ),
        migrations.AddConstraint(
            model_name='screening',
            constraint=models.UniqueConstraint(fields=('run', 'transfer'), name='screened_once_in_a_run'),
        ),
        migrations.AddConstraint(
            model_name='transferitem',
            constraint=models.UniqueConstraint(fields=('transfer', 'line'), name='transfer_line_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='transferitem',
            constraint=models.CheckConstraint(condition=models.Q(('line__gte', 1)), name='transfer_line_starts_at_one'),
        ),
    ]
